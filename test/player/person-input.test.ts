import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlayerChange } from '../../src/player/adapter.ts';
import { PersonInput } from '../../src/player/person-input.ts';

const CHANGES: PlayerChange[] = ['playing', 'position', 'rate'];

describe('what a person’s hand pays for', () => {
  it('is nothing before a touch', () => expect(new PersonInput().claim('playing', 0)).toBe(false));

  it('is a change within a second', () => {
    const input = new PersonInput();
    input.touched(1000);
    expect(input.explains('playing', 1999)).toBe(true);
    expect(input.explains('playing', 2000)).toBe(false);
  });

  it('is one change of each kind', () => {
    const input = new PersonInput();
    input.touched(1000);
    expect(CHANGES.map((change) => input.claim(change, 1100))).toEqual([true, true, true]);
    expect(CHANGES.map((change) => input.claim(change, 1100))).toEqual([false, false, false]);
  });

  it('is another one for each touch, even in the same millisecond', () => {
    const input = new PersonInput();
    input.touched(1000);
    input.touched(1000);
    expect([1, 2, 3].map(() => input.claim('position', 1050))).toEqual([true, true, false]);
  });

  it('is not what happened before it, but for what another frame’s report is late by', () => {
    const input = new PersonInput();
    input.touched(1000);
    expect(input.explains('playing', 979)).toBe(false);
    expect(input.explains('playing', 980)).toBe(true);
  });

  it('lasts as long as the press, and a second more', () => {
    const input = new PersonInput();
    input.pressed(1000);
    expect(input.held).toBe(true);
    input.released(9000);
    expect(input.held).toBe(false);
    expect(input.explains('position', 9900)).toBe(true);
    expect(input.claim('position', 9900)).toBe(true);
    expect(input.claim('position', 9900)).toBe(false);
  });

  it('is a drag once the pointer moved while it was down', () => {
    const input = new PersonInput();
    input.moved();
    expect(input.dragged).toBe(false);
    input.pressed(1000);
    input.moved();
    input.released(1500);
    expect(input.dragged).toBe(true);
    input.pressed(3000);
    expect(input.dragged).toBe(false);
  });

  it('never pays for more changes of a kind than there were touches', () => {
    const deed = fc.record({
      do: fc.constantFrom('touch', 'press', 'release', 'claim'),
      ms: fc.nat({ max: 700 }),
    });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 200 }), fc.constantFrom(...CHANGES), (deeds, change) => {
        const input = new PersonInput();
        let [nowMs, touches, paid] = [0, 0, 0];
        for (const { do: what, ms } of deeds) {
          nowMs += ms;
          if (what === 'touch') input.touched(nowMs);
          if (what === 'press') input.pressed(nowMs);
          if (what === 'release') input.released(nowMs);
          if (what === 'claim' && input.claim(change, nowMs)) paid += 1;
          if (what === 'touch' || what === 'press') touches += 1;
          expect(paid).toBeLessThanOrEqual(touches);
        }
      }),
      { numRuns: 300 },
    );
  });
});
