import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SITES } from '../../../src/sites/index.ts';
import { startHarness, type Harness } from '../../support/player-harness/harness.ts';
import { testHabits } from '../../support/player-harness/site-habits.ts';
import { onSite, type SitePage } from '../../support/player-harness/site-page.ts';
import { FILM_SEC, SITE_FACTS, type SiteFacts } from '../../support/sites/site-facts.ts';
import { startSiteServer } from '../../support/sites/site-server.ts';
import { until } from '../../support/until.ts';

/*
 * What the player script does by each site's rule, on that site's fixture: one browser for all of them, and no party, whose
 * part the test plays (test/support/player-harness).
 */
const started = new AsyncDisposableStack();
let harness: Harness;
beforeAll(async () => {
  const site = started.adopt(await startSiteServer(), (each) => each.close());
  harness = started.adopt(await startHarness({ args: site.chromiumArgs }), (each) => each.close());
});
afterAll(() => started.disposeAsync());

test('every site that is known is shown here', () => {
  const shown = new Set(SITE_FACTS.map(({ contentId }) => contentId.split(':')[0]));
  expect(SITES.map(({ site }) => site).filter((site) => !shown.has(site))).toEqual([]);
});

describe.concurrent.each(SITE_FACTS)('$name', (site: SiteFacts) => {
  const { withinMs, speed, ad, next, breaks = [] } = site;
  const inEnglish = (use: (page: SitePage) => Promise<void>) => onSite(harness, site, use);
  const inGerman = (use: (page: SitePage) => Promise<void>) => onSite(harness, site, use, 'de');

  test('a hand on the site’s own controls is told as what it did', () =>
    inEnglish(async ({ player, hand, settles }) => {
      await player.begin();
      await hand.press();
      await player.tells('play');
      await settles(withinMs.playing);
      await hand.jump(60);
      expect(Math.abs((await player.tells('seek')).positionSec - 60)).toBeLessThan(3);
      // A jump begins with a short stop, in which a press would mean the opposite.
      await settles(withinMs.playing);
      await hand.press();
      await player.tells('pause');
      await hand.jump(30);
      expect(Math.abs((await player.tells('seek')).positionSec - 30)).toBeLessThan(3);
      if (speed) {
        await hand.changeSpeed();
        expect((await player.tells('rate')).rate).toBe(1.5);
      }
      expect([...player.shown]).toEqual([site.contentId]);
      expect(player.content?.title).toBe(site.title);
    }));

  test('the film is held to the room, also after a reload', ({ annotate }) =>
    inGerman(async ({ player, reload, truth, settles }) => {
      await player.begin();
      player.friend({ playing: true, positionSec: 20 });
      await annotate(`playing: ${await settles(withinMs.playing)} ms`);
      player.friend({ playing: true, positionSec: 60 });
      await annotate(`after a jump: ${await settles(withinMs.playing)} ms`);
      if (speed) {
        player.friend({ rate: 1.5 });
        await until(
          async () => {
            const { rate } = await truth();
            return Math.abs(rate / 1.5 - 1) < 0.04 ? null : `${rate}`;
          },
          { timeoutMs: 3000 },
        );
        player.friend({ rate: 1 });
      }
      await reload();
      await annotate(`after a reload: ${await settles(withinMs.playing)} ms`);
      player.friend({ playing: false });
      await settles(withinMs.paused);
      player.friend({ positionSec: 30 });
      await annotate(`jumped to while paused: ${await settles(withinMs.sought)} ms`);
      expect(player.unexpected).toEqual([]);
      expect([...player.shown]).toEqual([site.contentId]);
    }));

  if (ad)
    test('an ad is told, is nobody’s act, and is made up for', ({ annotate }) =>
      inGerman(async ({ player, showAd, truth, settles }) => {
        await player.begin();
        player.friend({ playing: true, positionSec: 20 });
        await settles(withinMs.playing);
        await showAd(ad.sec);
        await until(() => Promise.resolve(player.status?.state === 'ad' ? null : `no ad: ${player.says}`), {
          timeoutMs: 4000,
        });
        expect(player.status?.interruption?.kind).toBe('ad');
        expect((await truth()).inAd).toBe(true);
        await annotate(`after an ad: ${await settles(ad.withinMs)} ms`);
        expect(player.unexpected).toEqual([]);
      }));

  if (next) {
    const nearTheEnd = async ({ player, settles, mark }: SitePage) => {
      await player.begin();
      player.friend({ playing: true, positionSec: FILM_SEC - 20 });
      await settles(withinMs.playing);
      await mark();
    };
    const hasGoneOn = async ({ player, loadedSince }: SitePage) => {
      const films = [...player.shown].filter((id) => id !== next.between);
      expect(films).toEqual([site.contentId, next.contentId]);
      expect(await loadedSince()).toBe(false);
      expect(player.unexpected).toEqual([]);
    };

    test('the next episode is named once it is there, and leads the room', () =>
      inEnglish(async (page) => {
        const { player, settles } = page;
        await nearTheEnd(page);
        await page.next(next.id);
        await player.names(next.contentId);
        const { positionSec, playing } = await player.begin();
        expect(positionSec).toBeLessThan(8);
        expect(playing).toBe(true);
        await settles(withinMs.playing);
        await hasGoneOn(page);
      }));

    test('a room that has gone on is followed once the site has too', () =>
      inGerman(async (page) => {
        const { player, settles } = page;
        await nearTheEnd(page);
        player.friend({ contentId: next.contentId, positionSec: 0 });
        await page.next(next.id);
        await settles(withinMs.playing);
        await hasGoneOn(page);
      }));
  }

  test.each(breaks)('a site that has changed is left alone, and that is said: %s', (how) =>
    inGerman(async ({ player, breakIt }) => {
      await player.begin();
      player.friend({ playing: true, positionSec: 20 });
      await breakIt(how);
      await until(() => Promise.resolve(player.understood ? `not said: ${player.says}` : null), {
        timeoutMs: 14_000,
      });
      expect(player.unexpected).toEqual([]);
    }),
  );
});

testHabits(() => harness);
