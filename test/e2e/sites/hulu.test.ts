import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  driftP95Ms,
  startSiteParty,
  type SiteMember,
  type SiteParty,
} from '../../support/sites/site-party.ts';
import { until } from '../../support/until.ts';

const FILM_SEC = 150;
/** The width of the fixture's seek bar (test/sites/kit/page.js). */
const BAR_PX = 800;
const CLOSE_MS = 20;
const ID = '3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21';

let party: SiteParty;
let ana: SiteMember;
let ben: SiteMember;

beforeAll(async () => {
  party = await startSiteParty((language) =>
    language === 'de' ? `https://www.hulu.com/watch/${ID}?hl=de` : `https://www.hulu.com/watch/${ID}`,
  );
  ({ ana, ben } = party);
  await party.join();
});
afterAll(() => party.close());

const press = async ({ page }: SiteMember) => {
  await page.bringToFront();
  await page.locator('#toggle').click();
};
const jump = async ({ page }: SiteMember, toSec: number) => {
  await page.bringToFront();
  await page.locator('#bar').click({ position: { x: (BAR_PX * toSec) / FILM_SEC, y: 10 } });
};
/** Comes to be so close, and stays so for two seconds (95 of 100 looks). */
const settles = () =>
  until(
    async () => {
      const p95Ms = await driftP95Ms(party, 2000);
      return p95Ms <= CLOSE_MS ? null : `p95 ${Math.round(p95Ms)} ms`;
    },
    { timeoutMs: 15_000 },
  );

describe('a party on Hulu', () => {
  test('has one content in two languages', () => {
    const told = [ana, ben].flatMap(({ tap }) =>
      tap.sent.flatMap(({ message }) => (message.type === 'watch/set_content' ? [message.payload] : [])),
    );
    expect(told).toMatchObject([{ contentId: `hulu:${ID}`, meta: { title: 'The Long Night', season: 1 } }]);
  });

  test('plays, jumps and pauses together, closely', async () => {
    await press(ana);
    await party.expectBoth({ playing: true, withinMs: CLOSE_MS });
    await settles();
    await jump(ben, 60);
    await party.expectBoth({ playing: true, withinMs: CLOSE_MS, nearSec: 62 });
    // A jump begins with a short stop, in which a press would mean the opposite.
    await settles();
    await press(ben);
    await party.expectBoth({ playing: false, withinMs: CLOSE_MS });
    await press(ana);
    await party.expectBoth({ playing: true, withinMs: CLOSE_MS });
  });

  test('goes on without whom an ad in another element holds up, who rejoins; it is nobody’s act', async () => {
    const before = party.intents();
    await ben.showAd(5);
    await until(async () => ((await ben.popupText()).includes('Watching an ad') ? null : 'not told'), {
      timeoutMs: 3000,
    });
    expect((await ana.truth()).paused).toBe(false);
    await party.expectBoth({ playing: true, withinMs: CLOSE_MS, timeoutMs: 20_000 });
    await settles();
    expect(party.intents()).toBe(before);
  });

  test('takes back whoever reloads the page, and has touched no other video', async () => {
    await ben.reload();
    await ben.loaded();
    await ben.page.locator('h1').click();
    await party.expectBoth({ playing: true, withinMs: CLOSE_MS, timeoutMs: 15_000 });
    for (const truth of [await ana.truth(), await ben.truth()]) expect(truth.decoysTouched).toBe(0);
  });
});
