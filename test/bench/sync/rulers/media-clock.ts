import { Bracket, type Mapping } from '../clocks/bracket.ts';

/** What a page is asked by; Playwright's and puppeteer's pages both have it. Runs in the page's own world. */
export interface Evaluator {
  evaluate<R>(run: () => R): Promise<Awaited<R>>;
  evaluate<R, A>(run: (argument: A) => R, argument: A): Promise<Awaited<R>>;
}

/** The film as read once: on the page's clock, as numbers, since there are many. */
export type RawSample = readonly [
  atMs: number,
  positionSec: number,
  rate: number,
  /** 1 while it stands: paused, seeking or short of data. */
  stands: 0 | 1,
];

export interface RawEvent {
  type: string;
  atMs: number;
  rate: number;
}

export interface Taken {
  samples: RawSample[];
  events: RawEvent[];
  droppedFrames: number;
  totalFrames: number;
}

export interface Probe {
  /** All since the last time, and the page's clock bracketed once more. */
  take: () => Promise<Taken>;
  /** Of the page's clock to the host's `performance.now()`. */
  mapping: () => Mapping;
}

const BRACKETS_AT_START = 40;
const BRACKETS_EACH_TIME = 4;

/**
 * The first ruler: the film's own clock, read by a timer of the page in the page's own world. What the extension does
 * to its clocks happens in another world, and does not reach this one.
 */
export async function installProbe(page: Evaluator, everyMs: number): Promise<Probe> {
  await page.evaluate(watchInPage, everyMs);
  const bracket = new Bracket();
  const look = async (times: number) => {
    for (let done = 0; done < times; done += 1) {
      const t1Ms = performance.now();
      const pageMs = await page.evaluate(pageNow);
      bracket.add(t1Ms, pageMs, pageMs, performance.now());
    }
  };
  await look(BRACKETS_AT_START);
  return {
    take: async () => {
      await look(BRACKETS_EACH_TIME);
      return page.evaluate(takeFromPage);
    },
    mapping: () => bracket.mapping,
  };
}

// The functions below run in pages: they are sent as text, so each is self-contained.

function pageNow(): number {
  return performance.now();
}

function watchInPage(everyMs: number): void {
  const video = document.querySelector<HTMLVideoElement>('#film');
  if (!video) throw new Error('no film here');
  const samples: RawSample[] = [];
  const events: RawEvent[] = [];
  const read = () => {
    const positionSec = video.currentTime;
    const atMs = performance.now();
    const stands = video.paused || video.seeking || video.readyState < 3 ? 1 : 0;
    samples.push([atMs, positionSec, video.playbackRate, stands]);
  };
  setInterval(read, everyMs);
  for (const type of ['play', 'playing', 'pause', 'seeking', 'seeked', 'ratechange', 'waiting']) {
    video.addEventListener(type, () => {
      events.push({ type, atMs: performance.now(), rate: video.playbackRate });
    });
  }
  const take = (): Taken => {
    const { droppedVideoFrames, totalVideoFrames } = video.getVideoPlaybackQuality();
    return {
      samples: samples.splice(0),
      events: events.splice(0),
      droppedFrames: droppedVideoFrames,
      totalFrames: totalVideoFrames,
    };
  };
  Object.assign(globalThis, { benchTake: take });
}

function takeFromPage(): Taken {
  return (globalThis as unknown as { benchTake: () => Taken }).benchTake();
}
