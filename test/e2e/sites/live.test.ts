import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  driftP95Ms,
  startSiteParty,
  type SiteMember,
  type SiteParty,
} from '../../support/sites/site-party.ts';
import { until } from '../../support/until.ts';

/**
 * A party of two on a live stream. Ben's own place in it is four seconds nearer to what is being sent than Ana's, and neither
 * element's clock says so.
 */
function live(at: string, contentId: string, toggle: string) {
  let party: SiteParty;
  let ana: SiteMember;
  let ben: SiteMember;
  beforeAll(async () => {
    party = await startSiteParty((language) => `${at}?hl=${language}`);
    ({ ana, ben } = party);
    await party.join();
  });
  afterAll(() => (party as SiteParty | undefined)?.close());

  const press = async ({ page }: SiteMember) => {
    await page.bringToFront();
    await page.locator(toggle).click();
  };
  const behindSec = async (member: SiteMember) => {
    const { positionSec, atMs } = await member.truth();
    return atMs / 1000 - positionSec;
  };
  const settles = (withinMs: number) =>
    until(
      async () => {
        const p95Ms = await driftP95Ms(party, 2000);
        return p95Ms <= withinMs ? null : `p95 ${Math.round(p95Ms)} ms`;
      },
      { timeoutMs: 40_000 },
    );

  test('is one content that is live', () => {
    const told = [ana, ben].flatMap(({ tap }) =>
      tap.sent.flatMap(({ message }) => (message.type === 'watch/set_content' ? [message.payload] : [])),
    );
    expect(told).toMatchObject([{ contentId, meta: { live: true, title: 'The Long Night' } }]);
  });
  return { party: () => party, ana: () => ana, ben: () => ben, press, behindSec, settles };
}

describe('[META-2] a party on a live stream of Twitch', () => {
  const { party, ana, ben, press, behindSec, settles } = live(
    'https://www.twitch.tv/somebody',
    'twitch:live/somebody',
    '#toggle',
  );
  const CLOSE_MS = 150;

  test('sees the same moment, though each one’s site puts its viewers elsewhere', async ({ annotate }) => {
    await press(ana());
    await party().expectBoth({ playing: true, withinMs: 30_000 });
    await settles(CLOSE_MS);
    await annotate(`p95 ${Math.round(await driftP95Ms(party()))} ms`);
  });

  test('stops together, and goes on together with what is being sent then', async () => {
    await press(ben());
    await party().expectBoth({ playing: false, withinMs: 400 });
    const stoppedAtSec = await behindSec(ana());
    await until(async () => ((await behindSec(ana())) > stoppedAtSec + 6 ? null : 'not long yet'), {
      timeoutMs: 8000,
    });
    await press(ana());
    await party().expectBoth({ playing: true, withinMs: 30_000 });
    await settles(CLOSE_MS);
    expect(await behindSec(ana())).toBeLessThan(stoppedAtSec + 4);
  });

  test('goes on without whom an ad holds up; the ad is nobody’s act', async () => {
    const before = party().intents();
    await ben().showAd(4);
    await until(async () => ((await ben().popupText()).includes('Watching an ad') ? null : 'not told'), {
      timeoutMs: 3000,
    });
    await party().expectBoth({ playing: true, withinMs: 30_000 });
    await settles(CLOSE_MS);
    expect(party().intents()).toBe(before);
  });

  test('takes back whoever reloads the page', async () => {
    await ben().reload();
    await ben().loaded();
    await ben().page.locator('h1').click();
    await party().expectBoth({ playing: true, withinMs: 30_000, timeoutMs: 15_000 });
    await settles(CLOSE_MS);
    for (const each of [ana(), ben()]) expect((await each.truth()).decoysTouched).toBe(0);
  });

  test('is left alone, and that is said, where the player no longer tells how far behind it is', async () => {
    await ben().breakIt('no-latency');
    await until(
      async () => {
        const text = await ben().popupText();
        return text.includes('does not understand this site’s player') ? null : text;
      },
      { timeoutMs: 14_000 },
    );
  });
});

describe('a party on a live stream of YouTube', () => {
  const { party, ana, ben, press, behindSec, settles } = live(
    'https://www.youtube.com/live/dQw4w9WgXcQ',
    'youtube:live/dQw4w9WgXcQ',
    '.ytp-play-button',
  );
  /** The length of a piece: how long one who looks for the stream’s news may take to find some. */
  const CLOSE_MS = 4000;

  test('sees the same moment, as far as its end tells, which grows by four seconds at a time', async ({
    annotate,
  }) => {
    await press(ana());
    await party().expectBoth({ playing: true, withinMs: 30_000 });
    await settles(CLOSE_MS);
    await annotate(`p95 ${Math.round(await driftP95Ms(party()))} ms`);
  });

  test('goes back together, and goes on after a pause with what it stopped at', async () => {
    const beforeSec = await behindSec(ben());
    await ana().page.bringToFront();
    await ana().page.locator('.back').click();
    await until(async () => ((await behindSec(ben())) > beforeSec + 4 ? null : 'not along'), {
      timeoutMs: 8000,
    });
    await settles(CLOSE_MS);
    await press(ben());
    await party().expectBoth({ playing: false, withinMs: CLOSE_MS });
    const stoppedSec = (await ana().truth()).positionSec;
    await until(async () => ((await behindSec(ana())) > beforeSec + 12 ? null : 'not long yet'), {
      timeoutMs: 8000,
    });
    await press(ana());
    await party().expectBoth({ playing: true, withinMs: CLOSE_MS });
    expect((await ana().truth()).positionSec - stoppedSec).toBeLessThan(6);
    for (const each of [ana(), ben()]) expect((await each.truth()).decoysTouched).toBe(0);
  });
});
