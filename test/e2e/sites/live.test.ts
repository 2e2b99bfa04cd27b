import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  driftP95Ms,
  startSiteParty,
  type SiteMember,
  type SiteParty,
} from '../../support/sites/site-party.ts';
import { until } from '../../support/until.ts';

/**
 * A party of two on a live stream of Twitch. Ben's own place in it is four seconds nearer to what is being sent than Ana's, and
 * neither element's clock says so.
 */
const AT = 'https://www.twitch.tv/somebody';
const CLOSE_MS = 150;
let party: SiteParty;
let ana: SiteMember;
let ben: SiteMember;
beforeAll(async () => {
  party = await startSiteParty((language) => `${AT}?hl=${language}`);
  ({ ana, ben } = party);
  await party.join();
});
afterAll(() => (party as SiteParty | undefined)?.close());

const press = async ({ page }: SiteMember) => {
  await page.bringToFront();
  await page.locator('#toggle').click();
};
const behindSec = async (member: SiteMember) => {
  const { positionSec, atMs } = await member.truth();
  return atMs / 1000 - positionSec;
};
const settles = (withinMs: number) =>
  until(
    async () => {
      const p95Ms = await driftP95Ms(party, 1000);
      return p95Ms <= withinMs ? null : `p95 ${Math.round(p95Ms)} ms`;
    },
    { timeoutMs: 40_000 },
  );

describe('[META-2] a party on a live stream of Twitch', () => {
  test('is one content that is live', () => {
    const told = [ana, ben].flatMap(({ tap }) =>
      tap.sent.flatMap(({ message }) => (message.type === 'watch/set_content' ? [message.payload] : [])),
    );
    expect(told).toMatchObject([
      { contentId: 'twitch:live/somebody', meta: { live: true, title: 'The Long Night' } },
    ]);
  });

  test('sees the same moment, though each one’s site puts its viewers elsewhere', async ({ annotate }) => {
    await press(ana);
    await party.expectBoth({ playing: true, withinMs: 30_000 });
    await settles(CLOSE_MS);
    await annotate(`p95 ${Math.round(await driftP95Ms(party))} ms`);
  });

  test('stops together, and goes on together with what is being sent then', async () => {
    await press(ben);
    await party.expectBoth({ playing: false, withinMs: 400 });
    const stoppedAtSec = await behindSec(ana);
    await until(async () => ((await behindSec(ana)) > stoppedAtSec + 6 ? null : 'not long yet'), {
      timeoutMs: 8000,
    });
    await press(ana);
    await party.expectBoth({ playing: true, withinMs: 30_000 });
    await settles(CLOSE_MS);
    expect(await behindSec(ana)).toBeLessThan(stoppedAtSec + 4);
  });

  test('goes on without whom an ad holds up; the ad is nobody’s act', async () => {
    const before = party.intents();
    await ben.showAd(4);
    await until(async () => ((await ben.popupText()).includes('Watching an ad') ? null : 'not told'), {
      timeoutMs: 3000,
    });
    await party.expectBoth({ playing: true, withinMs: 30_000 });
    await settles(CLOSE_MS);
    expect(party.intents()).toBe(before);
  });

  test('takes back whoever reloads the page', async () => {
    await ben.reload();
    await ben.loaded();
    await ben.page.locator('h1').click();
    await party.expectBoth({ playing: true, withinMs: 30_000, timeoutMs: 15_000 });
    await settles(CLOSE_MS);
    for (const each of [ana, ben]) expect((await each.truth()).decoysTouched).toBe(0);
  });
});
