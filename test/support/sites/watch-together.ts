import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../until.ts';
import { handOn, KIT_CONTROLS } from './hand.ts';
import { driftP95Ms, startSiteParty, type SiteMember, type SiteParty } from './site-party.ts';
import { FILM_SEC, type SiteFacts } from './site-facts.ts';

/**
 * A party of two on one site, and what it must bear: registers the tests of a file, which has one pair of browsers. What it
 * returns is for a site's own tests after these.
 */
export function watchTogether(site: SiteFacts): {
  party: () => SiteParty;
  /** Comes to be so close, and stays so for a second. Resolves with how close that was, ms. */
  settles: (withinMs?: number) => Promise<number>;
  hand: (member: SiteMember) => ReturnType<typeof handOn>;
} {
  const { ad, next } = site;
  const { playing: playingMs, paused: pausedMs, sought: soughtMs } = site.withinMs;
  let party: SiteParty;
  let ana: SiteMember;
  let ben: SiteMember;

  const hand = (member: SiteMember) => handOn(member, site.controls ?? KIT_CONTROLS, FILM_SEC);
  const settles = async (withinMs = playingMs) => {
    let p95Ms = Infinity;
    await until(
      async () => {
        p95Ms = await driftP95Ms(party, 1000);
        return p95Ms <= withinMs ? null : `p95 ${Math.round(p95Ms)} ms`;
      },
      { timeoutMs: 15_000 },
    );
    return Math.round(p95Ms * 10) / 10;
  };
  const told = () =>
    [ana, ben].flatMap(({ tap }) =>
      tap.sent.flatMap(({ message }) => (message.type === 'watch/set_content' ? [message.payload] : [])),
    );

  const loadAnew = async () => {
    await ben.reload();
    await ben.loaded();
    await ben.page.locator('h1').click();
  };

  beforeAll(async () => {
    party = await startSiteParty((language) => site.at[language === 'de' ? 'de' : 'en']);
    ({ ana, ben } = party);
    await party.join();
  });
  afterAll(() => (party as SiteParty | undefined)?.close());

  describe(`a party on ${site.name}`, () => {
    test('has one content, whatever the address and language by which each came', async () => {
      expect(party.contentIds()).toEqual([site.contentId]);
      // Some sites show it only together with the player's controls, which come with the pointer.
      await ana.page.mouse.move(200, 200);
      await ana.page.mouse.move(220, 210);
      await expect
        .poll(() => told().at(-1), { timeout: 5000 })
        .toMatchObject({ meta: { title: site.title } });
    });

    test('plays, jumps and pauses together, closely', async ({ annotate }) => {
      await hand(ana).press();
      await party.expectBoth({ playing: true, withinMs: playingMs });
      await annotate(`p95 ${await settles()} ms`);
      await hand(ben).jump(60);
      await party.expectBoth({ playing: true, withinMs: playingMs, nearSec: 62 });
      // A jump begins with a short stop, in which a press would mean the opposite.
      await annotate(`after a jump p95 ${await settles()} ms`);
      await hand(ben).press();
      await party.expectBoth({ playing: false, withinMs: pausedMs });
      await hand(ana).jump(30);
      await party.expectBoth({ playing: false, withinMs: soughtMs, nearSec: 30 });
      await hand(ana).press();
      await party.expectBoth({ playing: true, withinMs: playingMs, nearSec: 32 });
    });

    if (site.speed)
      test('takes the speed that one of them chooses', async ({ annotate }) => {
        const run = (wanted: number) =>
          until(
            async () => {
              const rates = (await Promise.all([ana.truth(), ben.truth()])).map(({ rate }) => rate);
              return rates.every((rate) => Math.abs(rate / wanted - 1) < 0.04) ? null : rates.join();
            },
            { timeoutMs: 3000 },
          );
        await hand(ben).changeSpeed();
        await run(1.5);
        await annotate(`after another speed p95 ${await settles()} ms`);
        await hand(ana).changeSpeed();
        await run(1);
      });

    if (ad)
      test('goes on without whom an ad holds up; the ad is nobody’s act and no drift', async ({
        annotate,
      }) => {
        const { sec, withinMs } = ad;
        const before = party.intents();
        await ben.showAd(sec);
        await until(async () => ((await ben.popupText()).includes('Watching an ad') ? null : 'not told'), {
          timeoutMs: 4000,
        });
        // A player that cannot be made slower stands for a moment to be in step, so one look proves nothing.
        const { positionSec: fromSec } = await ana.truth();
        await until(
          async () => {
            const { paused, positionSec } = await ana.truth();
            return !paused && positionSec > fromSec + 1
              ? null
              : `${positionSec - fromSec} s on, paused: ${paused}`;
          },
          { timeoutMs: 3000 },
        );
        expect(await ben.truth()).toMatchObject({ inAd: true });
        await party.expectBoth({ playing: true, withinMs, timeoutMs: 20_000 });
        await annotate(`after an ad p95 ${await settles(withinMs)} ms`);
        expect(party.intents()).toBe(before);
      });

    test('takes back whoever reloads the page', async ({ annotate }) => {
      await loadAnew();
      await party.expectBoth({ playing: true, withinMs: playingMs, timeoutMs: 15_000 });
      await annotate(`after a reload p95 ${await settles()} ms`);
    });

    if (next)
      test('begins the next episode together, to which each one’s site goes by itself at its own moment', async () => {
        const { id, contentId } = next;
        await hand(ana).jump(FILM_SEC - 20);
        await party.expectBoth({ playing: true, withinMs: playingMs, nearSec: FILM_SEC - 18 });
        // On a site whose jumps bring another source, one just before the end looks like the next film (ContentArrival).
        await settles();
        await ana.mark();
        await Promise.all([ben.next(id), ana.next(id, 3)]);
        await party.expectBoth({ playing: true, withinMs: playingMs, nearSec: 4, timeoutMs: 20_000 });
        expect(party.contentIds()).toEqual([site.contentId, contentId]);
        expect(await ana.loadedSince()).toBe(false);
      });

    test('has touched no other video, and broken nothing', async () => {
      for (const truth of [await ana.truth(), await ben.truth()])
        expect(truth).toMatchObject({ decoysTouched: 0, error: null });
    });

    test('has left nothing in the page by which it could be known', async () => {
      const kept = () => [...Object.keys(sessionStorage), ...Object.keys(localStorage), document.cookie];
      for (const { page } of [ana, ben])
        expect((await page.evaluate(kept)).join()).not.toMatch(/streamsync/i);
    });
  });

  return { party: () => party, settles, hand };
}
