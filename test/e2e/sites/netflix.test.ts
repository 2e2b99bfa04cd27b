import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  driftP95Ms,
  startSiteParty,
  type SiteMember,
  type SiteParty,
} from '../../support/sites/site-party.ts';
import { until } from '../../support/until.ts';

/** A fixture of two hours would be long to make; this one's film has so many seconds. */
const FILM_SEC = 150;
const FIRST = 'https://www.netflix.com/watch/81000001';

let party: SiteParty;
let ana: SiteMember;
let ben: SiteMember;

beforeAll(async () => {
  party = await startSiteParty((language) =>
    language === 'de' ? `https://www.netflix.com/de/watch/81000001?hl=de&trackId=7` : FIRST,
  );
  ({ ana, ben } = party);
  await party.join();
});
afterAll(() => party.close());

async function wake({ page }: SiteMember): Promise<void> {
  await page.bringToFront();
  await page.mouse.move(300 + Math.random() * 100, 200);
}

async function toggle(member: SiteMember): Promise<void> {
  await wake(member);
  await member.page.locator('[data-uia^="control-play-pause"]').click();
}

async function seekTo(member: SiteMember, sec: number): Promise<void> {
  await wake(member);
  const bar = await member.page.locator('[data-uia="timeline-bar"]').boundingBox();
  if (!bar) throw new Error('no bar');
  await member.page.mouse.click(bar.x + (bar.width * sec) / FILM_SEC, bar.y + bar.height / 2);
}

describe('a party on Netflix', () => {
  test('has one content, whatever the address and language by which each came', () => {
    expect(party.contentIds()).toEqual(['netflix:81000001']);
  });

  test('plays together from one press, closely', async () => {
    await toggle(ana);
    await party.expectBoth({ playing: true, withinMs: 20 });
    expect(await driftP95Ms(party)).toBeLessThan(20);
  });

  test('pauses together', async () => {
    await toggle(ben);
    await party.expectBoth({ playing: false, withinMs: 100 });
  });

  test('jumps together, although jumps land seconds off', async () => {
    await toggle(ben);
    await seekTo(ana, 60);
    await party.expectBoth({ playing: true, withinMs: 20, nearSec: 62, timeoutMs: 15_000 });
  });

  test('goes on without whom an ad holds up, who rejoins; the ad is nobody’s act and no drift', async () => {
    const before = party.intents();
    await ben.showAd(6);
    await until(async () => ((await ben.popupText()).includes('Watching an ad') ? null : 'not told'), {
      timeoutMs: 3000,
    });
    expect((await ana.truth()).paused).toBe(false);
    await party.expectBoth({ playing: true, withinMs: 20, timeoutMs: 20_000 });
    expect(party.intents()).toBe(before);
    expect(await driftP95Ms(party)).toBeLessThan(20);
  });

  test('takes back whoever reloads the page, who has no ads in their stream then', async () => {
    await ben.reload();
    await ben.loaded();
    await ben.page.locator('h1').click();
    await party.expectBoth({ playing: true, withinMs: 20, timeoutMs: 15_000 });
  });

  test('starts the next episode together, to which each site goes by itself at its own moment', async () => {
    await seekTo(ana, 120);
    await party.expectBoth({ playing: true, withinMs: 20, nearSec: 122, timeoutMs: 15_000 });
    await ana.mark();
    await Promise.all([ben.next(''), ana.next('', 3)]);
    await party.expectBoth({ playing: true, withinMs: 20, nearSec: 4, timeoutMs: 20_000 });
    expect(party.contentIds()).toEqual(['netflix:81000001', 'netflix:81000002']);
    expect(await ana.loadedSince()).toBe(false);
  });

  test('bears 200 acts at random, and no player is driven into its error M7375', async () => {
    const keys = [' ', 'ArrowRight', 'ArrowLeft'];
    for (let act = 0; act < 200; act += 1) {
      const { page } = act % 2 === 0 ? ana : ben;
      await page.keyboard.press(keys[Math.floor(Math.random() * keys.length)] ?? ' ');
      // The pace of a hand: nothing is awaited.
      await page.waitForTimeout(Math.random() * 200);
    }
    for (const truth of [await ana.truth(), await ben.truth()]) {
      expect(truth).toMatchObject({ foreignSeeks: 0, error: null });
    }
  });

  test('has touched no other video, and never the element’s own clock', async () => {
    for (const truth of [await ana.truth(), await ben.truth()]) {
      expect(truth).toMatchObject({ decoysTouched: 0, foreignSeeks: 0, error: null });
    }
  });
});

describe('a Netflix that has changed is left alone, and that is said', () => {
  test.each(['no-global', 'no-sessions', 'throws', 'no-selector'])('%s', async (how) => {
    await ben.reload();
    await ben.loaded();
    await until(
      async () => (/\(you\)\s+(Ready|In sync|Catching up)/.test(await ben.popupText()) ? null : 'not ready'),
      { timeoutMs: 12_000 },
    );
    await ben.breakIt(how);
    await until(
      async () => {
        const text = await ben.popupText();
        return text.includes('does not understand this site’s player') ? null : text;
      },
      { timeoutMs: 14_000 },
    );
    expect(await ben.truth()).toMatchObject({ foreignSeeks: 0, error: null, decoysTouched: 0 });
  });
});
