import { expect, it } from 'vitest';
import { StitchOffset } from '../../../src/player/sites/stitch-offset.ts';

it('a site’s clock that lags a little is no ad', () => {
  const stitch = new StitchOffset();
  for (const lagSec of [0, 0.25, 0.1, 0.4]) expect(stitch.noted(100 + lagSec, 100)).toBe(0);
});

it('what has been put into the stream is known to the site’s smallest lag, and forgotten with a new stream', () => {
  const stitch = new StitchOffset();
  stitch.noted(100, 100);
  stitch.noted(132.27, 100);
  stitch.noted(132.53, 100.5);
  expect(stitch.noted(133.5, 101.3)).toBeCloseTo(32.03, 5);
  expect(stitch.noted(50, 50)).toBe(0);
});
