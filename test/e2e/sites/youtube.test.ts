import { expect, test } from 'vitest';
import { YOUTUBE } from '../../support/sites/site-facts.ts';
import { watchTogether } from '../../support/sites/watch-together.ts';
import { until } from '../../support/until.ts';

const { party, hand } = watchTogether(YOUTUBE);

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
