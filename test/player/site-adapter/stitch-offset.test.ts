import { expect, it } from 'vitest';
import { StitchOffset } from '../../../src/player/site-adapter/stitch-offset.ts';

/** Both clocks, looked at every 100 ms. */
function look(stitch: StitchOffset, pairs: [elementSec: number, contentSec: number][], fromMs = 0) {
  return pairs
    .map(([element, content], index) => stitch.noted(element, content, fromMs + index * 100))
    .at(-1);
}
const steady = (lagSec: number, count = 6) =>
  Array.from({ length: count }, (_, index): [number, number] => [
    100 + index / 10 + lagSec,
    100 + index / 10,
  ]);

it('a site’s clock that lags a little is no ad', () => {
  const stitch = new StitchOffset();
  look(stitch, steady(0));
  expect(look(stitch, steady(0.4), 1000)).toEqual({ offsetSec: 0, settled: true });
});

it('what has been put into the stream is known to the site’s smallest lag', () => {
  const stitch = new StitchOffset();
  look(stitch, steady(0));
  look(stitch, [...steady(32.27, 3), ...steady(32.03, 3), ...steady(32.2, 3)], 1000);
  expect(look(stitch, steady(32.1, 1), 2000)?.offsetSec).toBeCloseTo(32.03, 5);
  expect(look(stitch, steady(0), 3000)).toEqual({ offsetSec: 0, settled: true });
});

it('a site’s clock that has yet to follow a jump is not taken for an ad', () => {
  const stitch = new StitchOffset();
  look(stitch, steady(0));
  expect(stitch.noted(140, 101, 700)).toEqual({ offsetSec: 0, settled: false });
  expect(stitch.noted(140, 101, 900)).toEqual({ offsetSec: 0, settled: false });
  expect(stitch.noted(140, 140, 1000)).toEqual({ offsetSec: 0, settled: true });
});

it('after a jump to another source nothing is known until the site’s clock moves, however near the two seem', () => {
  const stitch = new StitchOffset();
  look(stitch, steady(18));
  stitch.jumped(102, 600);
  // The new source begins at 20, and the site's clock is of before the jump, to 62.
  expect(look(stitch, [[20, 102], [20.1, 102]], 700)?.settled).toBe(false); // prettier-ignore
  expect(look(stitch, [[20.2, 62.2], [20.3, 62.3]], 900)?.settled).toBe(false); // prettier-ignore
  expect(look(stitch, steady(-42, 5).map(([element, content]) => [element - 79.6, content - 79.6]), 1100)) // prettier-ignore
    .toEqual({ offsetSec: -42, settled: true });
});

it('a film that stands after a jump to where it was is where the clocks say, soon', () => {
  const stitch = new StitchOffset();
  look(stitch, steady(0));
  stitch.jumped(100, 600);
  expect(stitch.noted(100, 100, 900)).toEqual({ offsetSec: 0, settled: false });
  expect(stitch.noted(100, 100, 1000)).toEqual({ offsetSec: 0, settled: true });
});

/** A site's clock that moves by itself every 250 ms, its element ahead by `aheadSec`. */
function stepping(stitch: StitchOffset, aheadSec: number, everyMs: number, fromMs: number, forMs: number) {
  let said = stitch.now;
  for (let atMs = fromMs; atMs < fromMs + forMs; atMs += everyMs) {
    const steppedSec = (Math.floor((atMs - 83) / 250) * 250 + 83) / 1000;
    said = stitch.noted(atMs / 1000 + aheadSec, steppedSec, atMs);
  }
  return said;
}

it('looks that follow each other closely find a clock of steps, and are asked for until then', () => {
  const stitch = new StitchOffset();
  stepping(stitch, 0, 100, 0, 1000);
  expect(stitch.vague).toBe(false);
  stepping(stitch, 5, 100, 1000, 1000);
  expect(stitch.vague).toBe(true);
  const { offsetSec } = stepping(stitch, 5, 10, 2000, 1200);
  expect(stitch.vague).toBe(false);
  expect(Math.abs(offsetSec - 5)).toBeLessThan(0.01);
  // What was found is not lost to what is seen from afar.
  expect(stepping(stitch, 5, 100, 3200, 20_000).offsetSec).toBe(offsetSec);
});
