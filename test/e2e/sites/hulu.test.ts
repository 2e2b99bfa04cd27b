import { expect, test } from 'vitest';
import { until } from '../../support/until.ts';
import { HULU } from '../../support/sites/site-facts.ts';
import { watchTogether } from '../../support/sites/watch-together.ts';

const FIRST_ID = HULU.contentId.replace('hulu:', '');

const { party, hand } = watchTogether(HULU);

test('[META-3] an ad that keeps the host from the next film holds nobody up there, and takes nobody back', async () => {
  const { ana, ben } = party();
  await hand(ana).jump(130);
  await party().expectBoth({ playing: true, withinMs: 20, nearSec: 132 });
  const wentMs = performance.now();
  await Promise.all([ana.next(FIRST_ID, 0, 7), ben.next(FIRST_ID, 1)]);
  let furthestSec = 0;
  let backSec = 0;
  while (performance.now() < wentMs + 11_000) {
    const { positionSec } = await ben.truth();
    furthestSec = Math.max(furthestSec, positionSec);
    backSec = Math.max(backSec, furthestSec - positionSec);
  }
  expect(furthestSec).toBeGreaterThan(4);
  expect(backSec).toBeLessThan(1);
  await party().expectBoth({ playing: true, withinMs: 20, nearSec: furthestSec });
});

test('where the host prefers that all wait, one’s ad stops all for as long, and nobody misses any of the film', async () => {
  const { ana, ben } = party();
  const popup = await ana.openPopup();
  await popup.getByText('Wait', { exact: true }).click();
  await popup.getByRole('radio', { name: 'Wait', exact: true, checked: true }).waitFor();
  await popup.close();
  await hand(ana).jump(40);
  await party().expectBoth({ playing: true, withinMs: 20, nearSec: 42 });
  await ben.showAd(5);
  await until(async () => ((await ana.truth()).paused ? null : 'plays on'), { timeoutMs: 3000 });
  const stoodAtSec = (await ana.truth()).positionSec;
  await until(async () => ((await ana.popupText()).includes('Waiting for Ben') ? null : 'not said'), {
    timeoutMs: 3000,
  });
  await until(async () => ((await ana.truth()).paused ? 'stands' : null), { timeoutMs: 10_000 });
  for (const each of [ana, ben]) {
    const { positionSec, inAd } = await each.truth();
    expect(inAd).toBe(false);
    expect(Math.abs(positionSec - stoodAtSec)).toBeLessThan(1.5);
  }
  await party().expectBoth({ playing: true, withinMs: 20 });
});
