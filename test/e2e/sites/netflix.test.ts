import { expect, test } from 'vitest';
import { NETFLIX } from '../../support/sites/site-facts.ts';
import { watchTogether } from '../../support/sites/watch-together.ts';
import { until } from '../../support/until.ts';

const { party } = watchTogether(NETFLIX);

test('a site that has changed is left alone, and that is said', async () => {
  const { ben } = party();
  await ben.breakIt('no-selector');
  await until(
    async () => {
      const text = await ben.popupText();
      return text.includes('does not understand this site’s player') ? null : text;
    },
    { timeoutMs: 14_000 },
  );
  expect(await ben.truth()).toMatchObject({ error: null, decoysTouched: 0 });
});
