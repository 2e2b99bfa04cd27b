import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { ACTS, BACK_TO_START, perform, PLAY, type Act } from './acts.ts';
import { corrections, Measure } from './measure.ts';
import { readOptions, type DemoOptions } from './options.ts';
import { Screen } from './screen.ts';
import { setStage, Started, type Stage } from './stage.ts';
import { notInSync, summaryLines } from './summary.ts';
import { LEGEND, tableLines } from './table.ts';
import type { Watched } from './watched.ts';

const LOOK_EVERY_MS = 250;
const DRAW_EVERY_MS = 500;
/** An act this close to the end could not be followed any more. */
const LAST_ACT_SEC = 2;
/** Of the film of three minutes. */
const NEAR_END_SEC = 165;
const PICTURES = 'test-results/demo';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const command = readOptions(process.argv.slice(2), process.env, process.platform);
if ('help' in command) process.stdout.write(command.help);
else if ('problem' in command) {
  console.error(command.problem);
  process.exitCode = 2;
} else {
  // What a failed start may have left behind must not keep this process alive.
  process.exit(await run(command.run));
}

/** Resolves with the exit code, when all that was started has ended. */
async function run(options: DemoOptions): Promise<number> {
  const screen = new Screen(process.stdout);
  const started = new Started();
  const ended = new AbortController();
  const end = (why: string) => {
    if (!ended.signal.aborted) screen.say('', why);
    ended.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end('Closing …'));
  const whenEnded = new Promise<void>((resolve) =>
    ended.signal.addEventListener('abort', () => resolve(), { once: true }),
  );

  // To be ended is the end of a party that has no other; any other was cut short.
  const endedEarly = options.seconds === null ? 0 : 130;

  try {
    const show = async () => {
      // Not cut off in the middle: what is being opened then could not be closed.
      const stage = await setStage(options, started, (line) => {
        ended.signal.throwIfAborted();
        screen.say(line);
      });
      ended.signal.throwIfAborted();
      for (const { name, member } of stage.watched) {
        member.page.on('close', () => end(`${name}’s window was closed, so the party ends.`));
      }
      return await Promise.race([
        watchParty(stage, options, screen, ended.signal),
        whenEnded.then(() => null),
      ]);
    };
    return (await show()) ?? endedEarly;
  } catch (error) {
    if (ended.signal.aborted) return endedEarly;
    screen.say(`The demo could not go on: ${adviceFor(error, options)}`);
    return 1;
  } finally {
    ended.abort();
    await started.end();
  }
}

async function watchParty(
  stage: Stage,
  options: DemoOptions,
  screen: Screen,
  signal: AbortSignal,
): Promise<number> {
  const { watched } = stage;
  const measure = new Measure(watched);
  introduce(stage, options, screen);

  const startedAtMs = performance.now();
  const elapsedSec = () => (performance.now() - startedAtMs) / 1000;
  const leftSec = () => (options.seconds ?? Infinity) - elapsedSec();
  const table = () => tableLines(watched.map((one, index) => rowOf(one, index, measure)));

  const wait = async (sec: number) => {
    const endsAtMs = performance.now() + Math.min(sec, leftSec()) * 1000;
    let drawAtMs = 0;
    while (performance.now() < endsAtMs && !signal.aborted) {
      const nextAtMs = performance.now() + LOOK_EVERY_MS;
      await measure.look();
      if (performance.now() >= drawAtMs) {
        drawAtMs = performance.now() + DRAW_EVERY_MS - LOOK_EVERY_MS / 2;
        await Promise.all(watched.map((one) => one.lookAtView()));
        screen.draw(['', ...table(), '', ...LEGEND.map((line) => styleText('dim', line))]);
      }
      await delay(Math.max(0, Math.min(nextAtMs, endsAtMs) - performance.now()));
    }
  };
  const act = async (what: Act) => {
    measure.disturbed();
    const followed = await perform(what, watched);
    measure.disturbed();
    measure.followed.push(followed);
    const { by, words, follower, afterMs } = followed;
    const result =
      afterMs === null
        ? styleText('red', `${follower} does not follow`)
        : `${follower} follows after ${afterMs.toFixed(0)} ms`;
    screen.say(`${elapsedSec().toFixed(1).padStart(6)} s  ${by} ${words} → ${result}`);
    await wait(what.holdSec);
    if (!screen.isLive) screen.say('', ...table(), '');
  };

  await wait(1);
  do {
    for (const what of ACTS) if (leftSec() > LAST_ACT_SEC) await act(what);
    if (leftSec() > 0) await wait(1);
  } while (leftSec() > 0 && options.seconds !== null && !signal.aborted);

  if (options.seconds === null) {
    screen.say('', ...summaryLines(measure, stage.intents()));
    screen.say(
      '',
      'Now it is yours: play, pause and seek in either window. Ctrl-C or closing a window ends it.',
    );
    if (watched[0].sample.paused) await act(PLAY);
    while (!signal.aborted)
      await (watched[0].sample.positionSec > NEAR_END_SEC ? act(BACK_TO_START) : wait(5));
    return 0;
  }
  screen.draw([]);
  screen.say(...summaryLines(measure, stage.intents()));
  await takePictures(watched, options, screen);
  const problem = notInSync(measure);
  screen.say('', problem === null ? styleText('green', 'In sync.') : styleText('red', problem));
  return problem === null ? 0 : 1;
}

function introduce({ serverUrl, filmUrl, inviteUrl }: Stage, { seconds }: DemoOptions, screen: Screen): void {
  screen.say(
    '',
    `Server  ${serverUrl}`,
    `Film    ${filmUrl}`,
    `Invite  ${inviteUrl}`,
    '',
    seconds === null
      ? 'The two now act by themselves for half a minute. The tab “StreamSync” of each window is the popup.'
      : `The two act by themselves for ${seconds} s.`,
    '',
  );
}

function rowOf(one: Watched, index: number, measure: Measure) {
  const { name, sample, me, party } = one;
  const report = me?.report;
  return {
    member: name,
    state: stateOf(one),
    positionSec: sample.positionSec,
    driftMs: report?.driftMs ?? null,
    apartMs: index === 0 ? null : measure.apartMs,
    rttMs: party?.clock?.rttMs ?? null,
    ...corrections(one, measure.followed),
  };
}

function stateOf({ sample, me, party }: Watched): string {
  if (party?.connection !== 'online') return 'offline';
  if (me && me.report.state !== 'ready') return me.report.state;
  return sample.paused ? 'paused' : 'playing';
}

async function takePictures(
  watched: readonly [Watched, Watched],
  { headless }: DemoOptions,
  screen: Screen,
): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  for (const { name, member } of watched) {
    await member.page.screenshot({ path: `${PICTURES}/${name.toLowerCase()}.png` });
  }
  const { popup } = watched[0];
  await popup.bringToFront();
  if (headless) await popup.setViewportSize({ width: 400, height: 600 });
  await popup.screenshot({ path: `${PICTURES}/popup.png` });
  screen.say(`Pictures             ${PICTURES}/ana.png, ben.png, popup.png`);
}

/** What to do about it, where that is known. */
function adviceFor(error: unknown, { headless, port }: DemoOptions): string {
  const said = error instanceof Error ? error.message : String(error);
  if (said.includes('EADDRINUSE')) return `port ${port} is taken, so choose another with --port.`;
  if (!headless && /display|ozone|headed browser/i.test(said)) {
    return 'no window can be opened on this display; try npm start -- --headless.';
  }
  return said;
}
