import { expect, test } from 'vitest';
import { until } from '../../support/until.ts';
import { watchTogether } from '../../support/sites/watch-together.ts';

const { party, settles, hand } = watchTogether({
  name: 'YouTube',
  at: {
    en: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL123',
    // Ben's ads are part of his stream, Ana's take the film's element.
    de: 'https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&hl=de&stitched&t=1s',
  },
  contentId: 'youtube:dQw4w9WgXcQ',
  title: 'The Long Night 1',
  withinMs: { playing: 20, paused: 100, sought: 100 },
  controls: { toggle: '.ytp-play-button', bar: '.ytp-progress-bar' },
  // Although the site's own clock, by which an ad in the stream is known, moves in steps of 250 ms.
  ad: { sec: 5, withinMs: 20 },
  next: { id: 'aaaaaaaaaaa', contentId: 'youtube:aaaaaaaaaaa' },
  breaks: ['no-global', 'throws', 'no-selector'],
});

test('an ad that takes the film’s element holds up nobody else, and skipping it is no jump', async () => {
  const { ana, ben, expectBoth } = party();
  // The film's length may be told meanwhile, which is no act.
  const acts = () =>
    [ana, ben].flatMap(({ tap }) => tap.sent.filter(({ message }) => message.type === 'watch/playback_state'))
      .length;
  await settles();
  const before = acts();
  await ana.showAd(7);
  await until(
    async () => (/Ana\s+Watching an ad\s+\d s left/.test(await ben.popupText()) ? null : 'not told'),
    { timeoutMs: 4000 },
  );
  await ana.page.locator('.ytp-skip-ad-button').click();
  expect((await ben.truth()).paused).toBe(false);
  await expectBoth({ playing: true, withinMs: 20, timeoutMs: 20_000 });
  expect(acts()).toBe(before);
});

test('whose site does not go on by itself is taken along, and waited for, when a friend clicks on the next', async () => {
  const { ana, ben, contentIds, expectBoth } = party();
  await hand(ana).jump(120);
  await expectBoth({ playing: true, withinMs: 20, nearSec: 122, timeoutMs: 15_000 });
  await ben.next('bbbbbbbbbbb');
  await ana.page.waitForURL(/bbbbbbbbbbb/, { timeout: 15_000 });
  await ana.loaded();
  await expectBoth({ playing: true, withinMs: 20, nearSec: 4, timeoutMs: 20_000 });
  expect(contentIds().at(-1)).toBe('youtube:bbbbbbbbbbb');
});
