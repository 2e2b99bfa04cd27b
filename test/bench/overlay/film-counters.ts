import type { Page } from 'playwright';

/** What the page notes of itself, on the wall clock (one machine, so one clock). */
export interface Counted {
  film: FilmLook[];
  /** Work that kept the page from answering for 50 ms or more (Long Tasks API); that of a script of ours counts. */
  longTasks: Spell[];
  /** What was put in on purpose, as the page timed it. */
  putIn: Spell[];
  hidden: boolean;
}
export interface FilmLook {
  atMs: number;
  positionSec: number;
  totalFrames: number;
  droppedFrames: number;
}
export interface Spell {
  atMs: number;
  ms: number;
}

declare global {
  // What a page is told to keep, it keeps where it is asked for it again.
  var benchCounted: Omit<Counted, 'hidden'> | undefined;
}

/** Begins to count in the page, also while no debugger is attached to it. */
export async function startCounting(page: Page): Promise<void> {
  await page.evaluate(() => {
    const film = document.querySelector<HTMLVideoElement>('#film');
    if (!film) throw new Error('no film here');
    const counted: NonNullable<typeof benchCounted> = { film: [], longTasks: [], putIn: [] };
    globalThis.benchCounted = counted;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        counted.longTasks.push({ atMs: performance.timeOrigin + startTime, ms: duration });
      }
    }).observe({ type: 'longtask' });
    setInterval(() => {
      const { totalVideoFrames, droppedVideoFrames } = film.getVideoPlaybackQuality();
      counted.film.push({
        atMs: performance.timeOrigin + performance.now(),
        positionSec: film.currentTime,
        totalFrames: totalVideoFrames,
        droppedFrames: droppedVideoFrames,
      });
    }, 250);
  });
}

export function readCounted(page: Page): Promise<Counted> {
  return page.evaluate(() => {
    if (!globalThis.benchCounted) throw new Error('the page was loaded anew');
    return { ...globalThis.benchCounted, hidden: document.hidden };
  });
}
