import { expect, test } from 'vitest';
import { watchTogether } from '../../support/sites/watch-together.ts';
import { until } from '../../support/until.ts';

const PAGE = 'https://films.home.example/night';

const { party } = watchTogether({
  name: 'somebody’s own page with a YouTube player in it',
  at: { en: PAGE, de: `${PAGE}#de` },
  contentId: PAGE,
  title: 'A night at the films',
  controls: { frame: 'iframe', toggle: '.ytp-play-button', bar: '.ytp-progress-bar' },
  ad: { sec: 5, withinMs: 20 },
});

test('a Short is not watched together, and that is said', async () => {
  const { ana, ben } = party();
  const before = party().contentIds().length;
  await ben.page.goto('https://www.youtube.com/shorts/dQw4w9WgXcQ');
  await until(
    async () => {
      const text = await ben.popupText();
      return text.includes('This cannot be watched together: a Short') ? null : text;
    },
    { timeoutMs: 8000 },
  );
  expect(party().contentIds()).toHaveLength(before);
  expect((await ana.truth()).paused).toBe(false);
});
