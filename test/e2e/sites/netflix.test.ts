import { describe, expect, test } from 'vitest';
import { watchTogether } from '../../support/sites/watch-together.ts';

const { party } = watchTogether({
  name: 'Netflix',
  at: {
    en: 'https://www.netflix.com/watch/81000001',
    de: 'https://www.netflix.com/de/watch/81000001?hl=de&trackId=7',
  },
  contentId: 'netflix:81000001',
  title: 'The Long Night',
  // Only a film that runs can make up for where a jump lands.
  withinMs: { playing: 20, paused: 100, sought: 2500 },
  controls: { toggle: '[data-uia^="control-play-pause"]', bar: '[data-uia="timeline-bar"]' },
  // A reload brings a stream without ads.
  ad: { sec: 6, withinMs: 20 },
  next: { id: '', contentId: 'netflix:81000002' },
  breaks: ['no-global', 'no-sessions', 'throws', 'no-selector'],
});

describe('Netflix’s own player', () => {
  test('bears 200 acts at random, and is not driven into its error M7375', async () => {
    const { ana, ben } = party();
    await ben.reload();
    await ben.loaded();
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
});
