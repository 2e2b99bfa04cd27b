import { setTimeout as delay } from 'node:timers/promises';
import { describeShape, symmetric } from '../links/delays.ts';
import { startWatching } from '../measure.ts';
import type { Outcome } from '../outcome.ts';
import { logPassages, logTracks } from '../output/raw-tracks.ts';
import { openParty, type BenchMember, type Party } from '../party.ts';
import { alignTracks, settledAfterMs } from '../rulers/pairs.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { joinNow } from './join-now.ts';
import { settleRow } from './settle-row.ts';

const TWENTY = symmetric(20, 8, 0.03);
const WITHIN_MS = [10, 2] as const;
/** So long each trial is watched: who is not there by then never was. */
const WATCH_MS = 7000;
/** Samples are this close, since a trial's result cannot be finer. */
const SAMPLE_EVERY_MS = 25;

interface Act {
  variant: string;
  /** Once, before the first trial. */
  begin: (party: Party) => Promise<void>;
  /** Before each trial. */
  prepare: (party: Party, trial: number) => Promise<void>;
  /** Resolves with the time of the act itself. */
  act: (party: Party, trial: number) => Promise<number>;
}

export const join: Scenario = {
  name: 'join',
  about: `Two play; a third presses Join, again and again, its film back at the beginning each time. Each link ${describeShape(TWENTY)}. Counted from the press until all pairs stay within 10 ms (and 2 ms) for the rest of ${WATCH_MS / 1000} s.`,
  seconds: WATCH_MS / 1000,
  run: (bench) =>
    runTrials(bench, {
      variant: 'join',
      begin: async ({ members, join }) => {
        await join(...members.slice(0, -1));
        await pressPlay(members);
      },
      prepare: async ({ members }, trial) => {
        const last = lastOf(members);
        if (trial > 0) await last.browser.leave();
        await last.browser.page.evaluate(rewind);
        await delay(1000);
      },
      act: async ({ members }) => joinNow(lastOf(members)),
    }),
};

export const seek: Scenario = {
  name: 'seek',
  about: `Three play; one jumps 10 s ahead or back by a key. Otherwise as join.`,
  seconds: WATCH_MS / 1000,
  run: (bench) =>
    runTrials(bench, {
      variant: 'seek',
      begin: async ({ members, join }) => {
        await join(...members);
        await pressPlay(members);
        await delay(15_000);
      },
      prepare: () => delay(500),
      act: async ({ members }, trial) => {
        const by = pick(members, trial);
        const atMs = performance.now();
        await by.browser.key(trial % 2 === 0 ? 'l' : 'j');
        return atMs;
      },
    }),
};

export const resume: Scenario = {
  name: 'resume',
  about: `Three rest; one presses play. Otherwise as join.`,
  seconds: WATCH_MS / 1000,
  run: (bench) =>
    runTrials(bench, {
      variant: 'resume',
      begin: ({ members, join }) => join(...members),
      prepare: async ({ members }, trial) => {
        if (trial > 0) await pick(members, trial).browser.press('toggle');
        await delay(2000);
      },
      act: async ({ members }, trial) => {
        const by = pick(members, trial + 1);
        const atMs = performance.now();
        await by.browser.press('toggle');
        return atMs;
      },
    }),
};

async function runTrials(bench: Bench, { variant, begin, prepare, act }: Act): Promise<Outcome> {
  const clip = await bench.clip((bench.trials * (WATCH_MS + 6000)) / 1000 + 60);
  await using party = await openParty({
    link: () => TWENTY,
    clip,
    seed: bench.seed,
    sampleEveryMs: SAMPLE_EVERY_MS,
  });
  const { members } = party;
  await begin(party);
  const tookMs = WITHIN_MS.map((): (number | null)[] => []);
  for (let trial = 0; trial < bench.trials; trial += 1) {
    await prepare(party, trial);
    const watching = startWatching(members);
    await delay(300);
    const actMs = await act(party, trial);
    await delay(actMs + WATCH_MS - performance.now());
    const { tracks } = await watching.stop();
    const instants = alignTracks(tracks, { fromMs: actMs, toMs: actMs + WATCH_MS }, SAMPLE_EVERY_MS);
    for (const [index, withinMs] of WITHIN_MS.entries()) {
      tookMs[index]?.push(settledAfterMs(instants, actMs, withinMs));
    }
    logTracks(bench.raw, { variant, trial, actMs, tookMs: tookMs.map((each) => each.at(-1)) }, tracks);
    bench.say(`  ${trial + 1}: ${tookMs.map((each) => each.at(-1)?.toFixed(0) ?? 'never').join(', ')} ms`);
  }
  for (const { name, link } of members) logPassages(bench.raw, name, link.passages);
  return { settling: WITHIN_MS.map((withinMs, index) => settleRow(variant, withinMs, tookMs[index] ?? [])) };
}

async function pressPlay([first]: readonly BenchMember[]): Promise<void> {
  await first?.browser.press('toggle');
  await delay(3000);
}

function lastOf(members: readonly BenchMember[]): BenchMember {
  return pick(members, members.length - 1);
}

function pick(members: readonly BenchMember[], index: number): BenchMember {
  const member = members[index % members.length];
  if (!member) throw new Error('a party of nobody');
  return member;
}

/** Runs in the page. */
function rewind(): void {
  const video = document.querySelector<HTMLVideoElement>('#film');
  if (!video) return;
  video.pause();
  video.currentTime = 0;
}
