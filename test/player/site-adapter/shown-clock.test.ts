// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { ShownClock, watchShownClock } from '../../../src/player/site-adapter/shown-clock.ts';

/** Plays from a moment of the film on, its clock written `lagMs` after each second by turns. */
function play(clock: ShownClock, fromSec: number, aheadSec: number, lagsMs: number[]): void {
  lagsMs.forEach((lagMs, index) => clock.noted(fromSec + index + lagMs / 1000 + aheadSec, fromSec + index));
}

it('what ads have taken is known to what the site takes to write its clock', () => {
  const clock = new ShownClock();
  play(clock, 40, 32.5, [230, 90, 10, 140]);
  expect(clock.at(0, false)).toEqual({ offsetSec: expect.closeTo(32.51, 5) as number, settled: true });
});

it('a stream without ads is what it says, whenever its clock is written', () => {
  const clock = new ShownClock();
  clock.noted(40.98, 40);
  expect(clock.at(0, false)).toEqual({ offsetSec: 0, settled: true });
});

it('after an ad or a jump over one nothing is certain until a second begins', () => {
  const clock = new ShownClock();
  play(clock, 40, 0, [0, 0]);
  clock.forget(1000);
  expect(clock.at(1100, false)).toMatchObject({ settled: false });
  clock.noted(47.9, 42);
  expect(clock.at(1200, false)).toMatchObject({ settled: false });
  expect(clock.at(1200, true)).toMatchObject({ settled: true });
  clock.noted(48.05, 43);
  expect(clock.at(1300, false)).toEqual({ offsetSec: expect.closeTo(5.05, 5) as number, settled: true });
  clock.noted(120.4, 105);
  expect(clock.at(1400, false)).toMatchObject({ settled: false });
});

it('a clock that is ahead of its stream is still that of the film before', () => {
  const clock = new ShownClock();
  clock.noted(0, 137);
  expect(clock.at(0, true)).toBeNull();
  clock.noted(0.2, 0);
  expect(clock.at(0, true)).toEqual({ offsetSec: 0, settled: true });
});

it('allows what may be true: no more than it says, and less by what it may be late', () => {
  const clock = new ShownClock();
  clock.noted(45.8, 40);
  expect([4, 4.5, 5, 5.8, 6].map((aheadSec) => clock.allows(aheadSec))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  clock.noted(46.2, 41);
  expect([4.5, 5, 5.2, 5.8].map((aheadSec) => clock.allows(aheadSec))).toEqual([false, true, true, false]);
});

it('a page that shows no clock, or none any more, is not waited for', () => {
  const clock = new ShownClock();
  expect(clock.at(0, false)).toBeNull();
  clock.noted(10.2, 10);
  clock.forget(1000);
  expect(clock.at(3900, false)).toMatchObject({ settled: false });
  expect(clock.at(4100, false)).toBeNull();
});

it('is read where it is written, and where it is written anew', async () => {
  document.body.innerHTML = '<p>\u00a0</p>';
  const told: number[] = [];
  const { look } = watchShownClock(
    () => document.querySelector('p'),
    (sec) => told.push(sec),
    new AbortController().signal,
  );
  look();
  const write = (text: string) => {
    const clock = document.querySelector('p');
    if (clock) clock.textContent = text;
  };
  write('1:02:03 / 12:34');
  await Promise.resolve();
  document.body.innerHTML = '<p>0:07 / 2:23</p>';
  look();
  look();
  expect(told).toEqual([3723, 7]);
});
