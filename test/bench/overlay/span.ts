import { setTimeout as delay } from 'node:timers/promises';
import { FAKE_CAMERA } from '../../support/faces.ts';
import { startUnwatchedChromium } from '../../support/unwatched-chromium.ts';
import type { Counted, Spell } from './film-counters.ts';
import { startHalting } from './halting.ts';
import { lookAtTab, prepareTab } from './measured-tab.ts';
import { callAsOther, joinAsOther } from './other-member.ts';
import { costBetween, memoryOf, usageOf, type Cost, type ProcessUsage } from './usage.ts';
import type { Variant } from './variants.ts';

/** Narrow, so that the overlay lies over the film. */
const WINDOW = '--window-size=900,720';
/** Of test/sites/film/film.webm. */
const FRAMES_PER_SEC = 30;
/** By the definition of the Long Tasks API. */
const LONG_MS = 50;

/** One variant, watched once, in a browser of its own. */
export interface Span extends Cost {
  variant: string;
  round: number;
  seconds: number;
  frames: number;
  droppedFrames: number;
  longTasks: number;
  /** By the page's own clock. */
  putInMs: number;
  /** Of what was put in, the pieces that are long tasks. */
  putInLong: number;
  /** So many pictures fell into the time in which a process was halted. */
  haltedFrames: number;
}

/** What its figures were made of. */
export interface SpanLog {
  span: Span;
  fromMs: number;
  toMs: number;
  before: ProcessUsage[];
  after: ProcessUsage[];
  memoryBytes: [pid: number, bytes: number][];
  counted: Counted;
}

export interface SpanPlan {
  variant: Variant;
  round: number;
  seconds: number;
  settleSec: number;
  filmUrl: string;
  serverPort: number;
}

export async function watchSpan({
  variant,
  round,
  seconds,
  settleSec,
  filmUrl,
  serverPort,
}: SpanPlan): Promise<SpanLog> {
  await using started = new AsyncDisposableStack();
  const roomId = `measured-${variant.name}-${round}`;
  const place = { filmUrl, invite: `http://127.0.0.1:${serverPort}/join/${roomId}` };
  if (variant.call) started.adopt(await callAsOther(filmUrl, place.invite), (each) => each.leave());
  const other = variant.party && !variant.call ? await joinAsOther(serverPort, roomId) : null;
  if (other) started.defer(() => other.leave());
  const browser = started.adopt(
    await startUnwatchedChromium({
      extension: variant.extension,
      args: [WINDOW, '--mute-audio', ...(variant.call ? FAKE_CAMERA : [])],
    }),
    (each) => each.close(),
  );
  await browser.attached((context) => prepareTab(context, variant, place));
  if (other && variant.chatEverySec) started.defer(other.chat(variant.chatEverySec));
  await delay(settleSec * 1000);

  const halting = variant.halt && startHalting(browser.pid, variant.halt);
  if (halting) started.defer(() => void halting.stop());
  const fromMs = Date.now();
  const before = usageOf(browser.pid);
  await delay(seconds * 1000);
  const after = usageOf(browser.pid);
  const toMs = Date.now();
  const haltedMs = halting?.stop() ?? 0;
  const memory = memoryOf(after);
  const counted = await browser.attached((context) => lookAtTab(context, variant, place));

  const watchedSec = (toMs - fromMs) / 1000;
  const span = {
    ...{ variant: variant.name, round, seconds: watchedSec },
    ...costBetween(before, after, watchedSec, memory),
    ...countsBetween(counted, fromMs, toMs),
    haltedFrames: (haltedMs * FRAMES_PER_SEC) / 1000,
  };
  return { span, fromMs, toMs, before, after, memoryBytes: [...memory], counted };
}

function countsBetween({ film, longTasks, putIn }: Counted, fromMs: number, toMs: number) {
  const within = <T extends { atMs: number }>(all: readonly T[]) =>
    all.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  const looks = within(film);
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last || last.positionSec - first.positionSec < ((toMs - fromMs) / 1000) * 0.9) {
    throw new Error('the film did not play');
  }
  return {
    frames: last.totalFrames - first.totalFrames,
    droppedFrames: last.droppedFrames - first.droppedFrames,
    longTasks: within(longTasks).length,
    putInMs: within(putIn).reduce((sum: number, { ms }: Spell) => sum + ms, 0),
    putInLong: within(putIn).filter(({ ms }) => ms >= LONG_MS).length,
  };
}
