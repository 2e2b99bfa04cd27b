import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  driftP95Ms,
  startSiteParty,
  type SiteMember,
  type SiteParty,
} from '../../support/sites/site-party.ts';
import { until } from '../../support/until.ts';

const FILM_SEC = 150;

let party: SiteParty;
let ana: SiteMember;
let ben: SiteMember;

/** Ana's ads take the film's element, Ben's are part of his stream. */
beforeAll(async () => {
  party = await startSiteParty((language) =>
    language === 'de'
      ? 'https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&hl=de&stitched&t=1s'
      : 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL123',
  );
  ({ ana, ben } = party);
  await party.join();
});
afterAll(() => party.close());

const toggle = async ({ page }: SiteMember) => {
  await page.bringToFront();
  await page.locator('.ytp-play-button').click();
};

async function seekTo({ page }: SiteMember, sec: number): Promise<void> {
  await page.bringToFront();
  const bar = page.locator('.ytp-progress-bar');
  const { width = 0 } = (await bar.boundingBox()) ?? {};
  await bar.click({ position: { x: (width * sec) / FILM_SEC, y: 10 } });
}

async function isToldOfAnAd(member: SiteMember): Promise<void> {
  await until(async () => ((await member.popupText()).includes('Watching an ad') ? null : 'not told'), {
    timeoutMs: 3000,
  });
}

describe('a party on YouTube', () => {
  test('has one content, whatever the address and language by which each came', () => {
    const told = [ana, ben].flatMap(({ tap }) =>
      tap.sent.flatMap(({ message }) => (message.type === 'watch/set_content' ? [message.payload] : [])),
    );
    expect(party.contentIds()).toEqual(['youtube:dQw4w9WgXcQ']);
    for (const each of told)
      expect(each).toMatchObject({
        contentId: 'youtube:dQw4w9WgXcQ',
        meta: {
          site: 'youtube',
          url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
          title: 'The Long Night 1',
        },
      });
  });

  test('plays together from one press, closely', async () => {
    await toggle(ana);
    await party.expectBoth({ playing: true, withinMs: 20 });
    expect(await driftP95Ms(party)).toBeLessThan(20);
  });

  test('pauses and jumps together', async () => {
    await toggle(ben);
    await party.expectBoth({ playing: false, withinMs: 100 });
    await seekTo(ben, 40);
    await party.expectBoth({ playing: false, withinMs: 100, nearSec: 40 });
    await toggle(ana);
    await party.expectBoth({ playing: true, withinMs: 20, nearSec: 40 });
  });

  test('goes on without whom an ad holds up that takes the film’s element, and skipping it is no jump', async () => {
    const before = party.intents();
    await ana.showAd(7);
    await isToldOfAnAd(ana);
    expect((await ben.truth()).paused).toBe(false);
    await ana.page.locator('.ytp-skip-ad-button').click();
    await party.expectBoth({ playing: true, withinMs: 20, timeoutMs: 20_000 });
    expect(party.intents()).toBe(before);
  });

  test('goes on without whom an ad holds up that is part of the stream, and is in step in the film after it', async () => {
    const before = party.intents();
    await ben.showAd(5);
    await isToldOfAnAd(ben);
    await party.expectBoth({ playing: true, withinMs: 20, timeoutMs: 20_000 });
    expect(party.intents()).toBe(before);
    // Although the site's own clock, by which an ad in the stream is known, moves in steps of 250 ms.
    expect(await driftP95Ms(party)).toBeLessThan(20);
  });

  test('takes back whoever reloads the page', async () => {
    await ben.reload();
    await ben.loaded();
    await ben.page.locator('h1').click();
    await party.expectBoth({ playing: true, withinMs: 20, timeoutMs: 15_000 });
  });

  test('starts the next video together, to which each site goes by itself at its own moment', async () => {
    await seekTo(ana, 120);
    await party.expectBoth({ playing: true, withinMs: 20, nearSec: 122, timeoutMs: 15_000 });
    await ana.mark();
    await Promise.all([ben.next('aaaaaaaaaaa'), ana.next('aaaaaaaaaaa', 3)]);
    await party.expectBoth({ playing: true, withinMs: 20, nearSec: 4, timeoutMs: 20_000 });
    expect(party.contentIds()).toEqual(['youtube:dQw4w9WgXcQ', 'youtube:aaaaaaaaaaa']);
    expect(await ana.loadedSince()).toBe(false);
  });

  test('takes along, and waits for, whose site does not go on by itself when a friend clicks on the next', async () => {
    await seekTo(ana, 120);
    await party.expectBoth({ playing: true, withinMs: 20, nearSec: 122, timeoutMs: 15_000 });
    await ben.next('bbbbbbbbbbb');
    await ana.page.waitForURL(/bbbbbbbbbbb/, { timeout: 15_000 });
    await ana.loaded();
    await party.expectBoth({ playing: true, withinMs: 20, nearSec: 4, timeoutMs: 20_000 });
    expect(party.contentIds().at(-1)).toBe('youtube:bbbbbbbbbbb');
  });

  test('has touched no other video', async () => {
    for (const truth of [await ana.truth(), await ben.truth()]) expect(truth.decoysTouched).toBe(0);
  });
});
