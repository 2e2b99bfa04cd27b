import { describe, expect, test } from 'vitest';
import { aheadMs } from './in-step.ts';
import type { Harness } from './harness.ts';
import { onSite } from './site-page.ts';
import { NETFLIX, TWITCH_LIVE, YOUTUBE, YOUTUBE_LIVE } from '../sites/site-facts.ts';
import { until } from '../until.ts';
import { Random } from '../../sim/random.ts';

/** What single sites do that others do not. */
export function testHabits(harness: () => Harness): void {
  describe.concurrent('single sites', () => {
    test('Netflix’s player bears 200 acts at random, and is not driven into its error M7375', () =>
      onSite(harness(), NETFLIX, async ({ player, truth, settles }) => {
        const random = new Random(1);
        await player.begin();
        const friendActs = [
          () => player.friend({ playing: player.room.timeline?.playing !== true }),
          () => player.friend({ positionSec: random.between(0, 140) }),
        ] as const;
        for (let act = 0; act < 200; act += 1) {
          if (act % 2 === 0) await player.page.keyboard.press(random.pick([' ', 'ArrowRight', 'ArrowLeft']));
          else random.pick(friendActs)();
          // The pace of a hand: nothing is awaited.
          await player.page.waitForTimeout(random.between(0, 200));
        }
        expect(await truth()).toMatchObject({ foreignSeeks: 0, error: null });
        expect(player.intents.length).toBeGreaterThan(10);
        player.friend({ playing: true, positionSec: 30 });
        await settles(NETFLIX.withinMs.playing);
      }));

    test('YouTube’s ad that takes the film’s element is skipped without a jump', () =>
      onSite(harness(), YOUTUBE, async ({ player, showAd, settles }) => {
        await player.begin();
        player.friend({ playing: true, positionSec: 20 });
        await settles(YOUTUBE.withinMs.playing);
        await showAd(7);
        await until(() => Promise.resolve(player.status?.interruption?.leftSec ? null : player.says), {
          timeoutMs: 4000,
        });
        expect(player.status?.state).toBe('ad');
        await player.page.locator('.ytp-skip-ad-button').click();
        await settles(YOUTUBE.withinMs.playing);
        expect(player.unexpected).toEqual([]);
      }));

    test('YouTube’s Short is refused', () =>
      onSite(harness(), YOUTUBE, async ({ player, loaded }) => {
        await player.begin();
        await player.goto('https://www.youtube.com/shorts/dQw4w9WgXcQ');
        await loaded();
        await until(() => Promise.resolve(player.pages.at(-1)?.kind === 'refused' ? null : player.says), {
          timeoutMs: 8000,
        });
        expect(player.driven).toBe(false);
        expect([...player.shown]).toEqual([YOUTUBE.contentId]);
      }));

    test('YouTube’s live stream is held to the moment, gone back in, and stopped', () =>
      onSite(harness(), YOUTUBE_LIVE, async ({ player, hand, truth, settles }) => {
        const { playing } = YOUTUBE_LIVE.withinMs;
        await player.begin();
        expect(player.content).toMatchObject({ live: true, title: YOUTUBE_LIVE.title });
        await hand.press();
        await player.tells('play');
        await settles(playing);
        const before = await truth();
        await player.page.locator('.back').click();
        const { positionSec } = await player.tells('seek');
        expect(positionSec).toBeLessThan(before.positionSec - 4);
        await settles(playing);
        // What a friend has who is further behind.
        player.friend({ playing: true, positionSec: (await truth()).positionSec - 6 });
        await settles(playing);
        player.friend({ playing: false });
        await settles(playing);
        const stopped = await truth();
        await until(async () => ((await truth()).atMs > stopped.atMs + 5000 ? null : 'not long yet'), {
          timeoutMs: 8000,
        });
        player.friend({ playing: true });
        await settles(playing);
        const now = await truth();
        expect(now.positionSec - stopped.positionSec).toBeLessThan(6);
        expect(player.room.timeline && Math.abs(aheadMs(player.room.timeline, now))).toBeLessThan(playing);
        expect(player.unexpected).toEqual([]);
      }));

    test('Twitch’s live stream is left alone once its player no longer tells how far behind it is', () =>
      onSite(harness(), TWITCH_LIVE, async ({ player, hand, breakIt, settles }) => {
        await player.begin();
        await hand.press();
        await player.tells('play');
        await settles(TWITCH_LIVE.withinMs.playing);
        // It goes to what is being sent by itself when it is played, which that press explains.
        const before = player.intents.length;
        await breakIt('no-latency');
        await until(() => Promise.resolve(player.understood ? player.says : null), { timeoutMs: 14_000 });
        expect(player.status?.state).toBe('blocked');
        expect(player.intents).toHaveLength(before);
      }));
  });
}
