import { describe, expect, it } from 'vitest';
import { LiveClock } from '../../../src/player/site-adapter/live-clock.ts';

/** The server's clock when a stream's element, which a visitor opened then, stood at its zero, and what that shows. */
const OPENED_SEC = 1_795_000_000;

/** Ten looks a second at a stream that really is `behindSec` behind; `told` is what its site says of that. */
function look(
  clock: LiveClock,
  forSec: number,
  behindSec: number,
  told: (sec: number) => number,
  fromSec = 0,
) {
  for (let sec = fromSec; sec < fromSec + forSec; sec += 0.1) {
    clock.noted({ elementSec: sec, behindSec: told(sec), serverSec: OPENED_SEC + sec });
  }
  return clock.shiftSec === null ? null : clock.shiftSec - (OPENED_SEC - behindSec);
}
/** The end of the stream is as old as the last piece of it. */
const inSteps = (behindSec: number, pieceSec: number) => (sec: number) =>
  behindSec - ((sec + 0.73) % pieceSec);

describe('a stream whose end grows piece by piece', () => {
  it('is not known before its end has been seen to grow', () => {
    const clock = new LiveClock('steps');
    expect(look(clock, 3, 9, inSteps(9, 4))).toBeNull();
    expect(look(clock, 0.5, 9, inSteps(9, 4), 3)).toBeCloseTo(0, 1);
  });

  it('stays where it is while the next piece is awaited', () => {
    const clock = new LiveClock('steps');
    look(clock, 4, 9, inSteps(9, 4));
    const errors = Array.from(
      { length: 200 },
      (_, i) => look(clock, 0.1, 9, inSteps(9, 4), 4 + i / 10) ?? NaN,
    );
    expect(Math.max(...errors) - Math.min(...errors)).toBeLessThan(0.1);
  });

  it('is the same to two who came in at different times', () => {
    const [early, late] = [new LiveClock('steps'), new LiveClock('steps')];
    look(early, 60, 9, inSteps(9, 4));
    // The element of the one who comes later counts from there.
    for (let sec = 50; sec < 60; sec += 0.1) {
      const behindSec = inSteps(9, 4)(sec) - 4;
      late.noted({ elementSec: sec - 50, behindSec, serverSec: OPENED_SEC + sec });
    }
    const moment = (clock: LiveClock, elementSec: number) => elementSec + (clock.shiftSec ?? NaN);
    expect(moment(late, 10) - moment(early, 60)).toBeCloseTo(4, 1);
  });
});

it('a figure that wavers is taken in the middle, and an outlier is nothing', () => {
  const clock = new LiveClock('noise');
  const wavering = (sec: number) => 5 + 0.2 * Math.sin(sec * 37) + (sec > 4 && sec < 4.4 ? 8 : 0);
  expect(look(clock, 0.8, 5, wavering)).toBeNull();
  expect(Math.abs(look(clock, 12, 5, wavering, 0.8) ?? NaN)).toBeLessThan(0.08);
});

it('another stream is looked at anew', () => {
  const clock = new LiveClock('noise');
  look(clock, 3, 5, () => 5);
  clock.forget();
  expect(clock.shiftSec).toBeNull();
});
