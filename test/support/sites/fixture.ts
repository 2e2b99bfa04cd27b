import type { Page } from 'playwright';

/** What is true of a fixture's film at one moment; for tests only, the extension does not see it. */
export interface Truth {
  /** Content time. */
  positionSec: number;
  paused: boolean;
  rate: number;
  inAd: boolean;
  atMs: number;
  error: string | null;
  /** Jumps of the element that the site did not make itself. */
  foreignSeeks: number;
  decoysTouched: number;
}

/** The fixture's own end, in the page's world: only tests have it. */
interface Fixture {
  truth: () => Truth;
  showAd: (sec: number) => void;
  next: (id: string) => Promise<void>;
  breakIt: (how: string) => void;
  /** Set by a test, and lost when the page is loaded anew. */
  mark?: true;
}
type WithFixture = typeof globalThis & { fixture: Fixture };

/** A fixture as a test has it. */
export interface OneFixture {
  truth: () => Promise<Truth>;
  showAd: (sec: number) => Promise<void>;
  /** The site goes on by itself, when its countdown is over; `adSec`: to an ad before the next film. */
  next: (id: string, afterSec?: number, adSec?: number) => Promise<void>;
  /** From now on {@link loadedSince} tells whether the page was loaded anew. */
  mark: () => Promise<void>;
  loadedSince: () => Promise<boolean>;
  breakIt: (how: string) => Promise<void>;
  /** Waits for the fixture's page to have its player. */
  loaded: () => Promise<void>;
}

export function fixtureOf(page: Page): OneFixture {
  return {
    truth: () => page.evaluate(() => (globalThis as WithFixture).fixture.truth()),
    showAd: (sec) => page.evaluate((each) => (globalThis as WithFixture).fixture.showAd(each), sec),
    next: (id, afterSec = 0, adSec = 0) =>
      page.evaluate(
        async ([each, sec, ad]) => {
          await new Promise((resolve) => setTimeout(resolve, sec * 1000));
          const { fixture } = globalThis as WithFixture;
          await fixture.next(each);
          if (ad > 0) fixture.showAd(ad);
        },
        [id, afterSec, adSec] as const,
      ),
    mark: () => page.evaluate(() => void ((globalThis as WithFixture).fixture.mark = true)),
    loadedSince: () => page.evaluate(() => (globalThis as WithFixture).fixture.mark !== true),
    breakIt: (how) => page.evaluate((each) => (globalThis as WithFixture).fixture.breakIt(each), how),
    loaded: async () => {
      await page.waitForFunction(() => 'fixture' in globalThis);
    },
  };
}
