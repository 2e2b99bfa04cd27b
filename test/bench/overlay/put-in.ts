import type { Page } from 'playwright';

/** What a page can be made to do besides playing, to see whether it is found. */
export interface PutIn {
  /** Computes for `ms` each `everyMs`. */
  spin?: { ms: number; everyMs: number };
  /** Lays out `boxes` boxes anew each `everyMs`. */
  layOut?: { boxes: number; everyMs: number };
  /** Keeps so many MiB in use. */
  holdMib?: number;
}

/** Begins it, and notes in the page's counters how long each piece of it took. */
export async function putIn(page: Page, what: PutIn): Promise<void> {
  await page.evaluate(({ spin, layOut, holdMib = 0 }) => {
    const timed = (work: () => void) => {
      const fromMs = performance.now();
      work();
      const ms = performance.now() - fromMs;
      globalThis.benchCounted?.putIn.push({ atMs: performance.timeOrigin + fromMs, ms });
    };
    if (spin) {
      const { ms, everyMs } = spin;
      const spinOnce = () => {
        const untilMs = performance.now() + ms;
        while (performance.now() < untilMs);
      };
      setInterval(() => timed(spinOnce), everyMs);
    }
    if (layOut) {
      const { boxes, everyMs } = layOut;
      const place = document.createElement('div');
      place.style.display = 'none';
      for (let index = 0; index < boxes; index++) place.append(document.createElement('p'));
      for (const [index, box] of [...place.children].entries()) box.textContent = `A line of text, ${index}`;
      document.body.append(place);
      const layOutOnce = () => {
        place.style.display = 'block';
        // Reading it makes the browser lay out at once; hidden again it is not painted, which the page could not time.
        place.getBoundingClientRect();
        place.style.display = 'none';
      };
      setInterval(() => timed(layOutOnce), everyMs);
    }
    // Written to, since memory that was only asked for is none.
    const held = new Uint8Array(holdMib * 2 ** 20).fill(1);
    Object.assign(globalThis, { benchHeld: held });
  }, what);
}
