import type { BenchMember } from '../party.ts';

/** How a member's computer tells the time: off by so much now, and running so much too fast from now on. */
export interface Skew {
  offsetMs?: number;
  ppm?: number;
  /** By how much the wall clock is set on, which a monotonic one does not notice. */
  wallStepMs?: number;
  /** The next gap of more than half of it is taken for sleep that the clock did not count, and so much is taken off. */
  forgetGapMs?: number;
}

/**
 * Changes what `performance.now` and `Date.now` say in the extension's worker and in its own world in the film's page,
 * alike but for `wallStepMs`. The page's own world, which the harness reads, keeps the truth. The product has no hook for this.
 *
 * @remarks To be set before the member joins, so that the extension has never known another clock.
 */
export async function skewClock({ browser }: BenchMember, skew: Skew): Promise<void> {
  const worker = browser.context.serviceWorkers()[0];
  if (!worker) throw new Error('the extension has no worker');
  // One moment for both, of the clock that processes share.
  const told = { ...skew, sinceWallMs: Date.now() };
  await worker.evaluate(skewHere, told);
  await inOwnWorld(browser, skewHere, told);
}

/** Runs a self-contained function in the extension's world of the film's page. */
export async function inOwnWorld<A>(
  { context, page }: BenchMember['browser'],
  run: (argument: A) => void,
  argument: A,
): Promise<void> {
  const worker = context.serviceWorkers()[0];
  if (!worker) throw new Error('the extension has no worker');
  // An extension's functions are not to be made of text, so the text goes in through the debugger's door.
  await worker.evaluate(`(async () => {
    const tabs = await chrome.tabs.query({});
    const tab = tabs.find(({ url }) => url === ${JSON.stringify(page.url())});
    await chrome.scripting.executeScript({
      target: { tabId: tab.id },
      injectImmediately: true,
      func: ${run.toString()},
      args: [${JSON.stringify(argument)}],
    });
  })()`);
}

interface SkewedWorld {
  benchSkew?: { set: (skew: Skew & { sinceWallMs: number }) => void };
}

/** Runs in the worker and in the page: it is sent as text, so it is self-contained. */
function skewHere(skew: Skew & { sinceWallMs: number }): void {
  const world = globalThis as unknown as SkewedWorld;
  if (!world.benchSkew) {
    const trueNow = performance.now.bind(performance);
    const trueWall = Date.now.bind(Date);
    let offsetMs = 0;
    let ppm = 0;
    let since = trueNow();
    let gapMs = 0;
    let wallMs = 0;
    let last = trueNow();
    const errorMs = () => {
      const now = trueNow();
      if (gapMs > 0 && now - last > gapMs / 2) {
        offsetMs -= gapMs;
        gapMs = 0;
      }
      last = now;
      return offsetMs + (now - since) * ppm * 1e-6;
    };
    performance.now = () => trueNow() + errorMs();
    // A wall clock goes on during sleep, so what the other forgot is not taken from it.
    Date.now = () => Math.round(trueWall() + wallMs + Math.max(0, errorMs()));
    world.benchSkew = {
      set: (next) => {
        offsetMs = errorMs() + (next.offsetMs ?? 0);
        ppm = next.ppm ?? ppm;
        gapMs = next.forgetGapMs ?? gapMs;
        wallMs += next.wallStepMs ?? 0;
        since = trueNow() - (trueWall() - next.sinceWallMs);
      },
    };
  }
  world.benchSkew.set(skew);
}
