import { expect, it } from 'vitest';
import { AdBreaks } from '../../../src/player/site-adapter/ad-breaks.ts';

/** Plays an element on from `fromSec`, looked at ten times a second, with an ad from `adSec` on. */
function play(breaks: AdBreaks, fromSec: number, adSec: number, adLengthSec: number): void {
  for (let sec = fromSec; sec < adSec + adLengthSec + 1; sec += 0.1)
    breaks.noted(sec, sec >= adSec && sec < adSec + adLengthSec);
}

it('what an ad ran is no time of the film, before it, in it and after it', () => {
  const breaks = new AdBreaks();
  play(breaks, 55, 60, 30);
  expect(breaks.contentSec(50)).toBe(50);
  expect(breaks.contentSec(70)).toBeCloseTo(60, 0);
  expect(breaks.contentSec(100)).toBeCloseTo(70, 0);
});

it('and a jump is aimed past what the ads take', () => {
  const breaks = new AdBreaks();
  play(breaks, 55, 60, 30);
  play(breaks, 115, 120, 15);
  expect(breaks.contentSec(200)).toBeCloseTo(155, 0);
  for (const contentSec of [0, 59, 70, 89, 95, 150])
    expect(breaks.contentSec(breaks.elementSec(contentSec))).toBeCloseTo(contentSec, 6);
});

it('an ad that is seen twice counts once, and one that was jumped out of not at all', () => {
  const breaks = new AdBreaks();
  play(breaks, 55, 60, 30);
  play(breaks, 55, 60, 30);
  expect(breaks.contentSec(100)).toBeCloseTo(70, 0);
  breaks.noted(300, true);
  breaks.noted(300.1, true);
  breaks.noted(10, false);
  expect(breaks.contentSec(400)).toBeCloseTo(370, 0);
});

it('another stream has ads of its own', () => {
  const breaks = new AdBreaks();
  play(breaks, 55, 60, 30);
  breaks.forget();
  expect(breaks.contentSec(100)).toBe(100);
});

it('what the page tells of its ads goes before what is seen of them', () => {
  const breaks = new AdBreaks();
  breaks.told([
    { contentSec: 90, lengthSec: 15 },
    { contentSec: 60, lengthSec: 30 },
  ]);
  play(breaks, 55, 59, 20);
  expect([50, 75, 100, 200].map((sec) => breaks.contentSec(sec))).toEqual([50, 60, 70, 155]);
  expect([50, 70, 155].map((sec) => breaks.elementSec(sec))).toEqual([50, 100, 200]);
});
