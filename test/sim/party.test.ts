import { describe, expect, it } from 'vitest';
import { playParty } from './party.ts';
import { expectSound, messageRate } from './properties.ts';

const PER_TEST = 50;
/** Two cores run this file beside others. */
const TIMEOUT_MS = 60_000;
const batches = (count: number) => Array.from({ length: count }, (_, at) => 1 + at * PER_TEST);

describe('a party whose members act, chat, lose connections, backgrounds and the server', () => {
  it.each(batches(12))(
    'ends on one timeline, with one chat and no invented act (50 seeds from %d)',
    async (from) => {
      for (let seed = from; seed < from + PER_TEST; seed++) {
        expectSound(await playParty(seed, { persons: true, faults: true }), true);
      }
    },
    TIMEOUT_MS,
  );
});

describe('a party in which nobody acts', () => {
  it.each(batches(12))(
    'tells not one intent, whatever sites, stalls, losses and deaths do (50 seeds from %d)',
    async (from) => {
      for (let seed = from; seed < from + PER_TEST; seed++) {
        expectSound(await playParty(seed, { persons: false, faults: true }), false);
      }
    },
    TIMEOUT_MS,
  );

  it('costs each member at most half a message a second, both ways', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const party = await playParty(seed, { persons: false, faults: false, watchMs: 300_000 });
      if (party.steady.watched.some(({ seeks }) => seeks > 0)) continue;
      expect(messageRate(party), `seed ${seed}`).toBeLessThanOrEqual(0.5);
    }
  });
});

describe('parties that once went wrong', () => {
  it.each([
    ['a site that set the speed three times was left at it for good', 326, false],
    ['a join held back on its way threw its own member out for good', 230, false],
    ['the same after a silence of nine seconds', 357, false],
    ['restored lines of one moment stood in another order for each', 70, true],
    ['a person who tried three speeds lost the fine control for good', 59, true],
    ['a player with slow seeks never arrived', 28, true],
    ['a refused start told "ready" and "blocked" every two seconds', 345, false],
    ['at the end of the film a late member stayed where it was', 833, true],
    ['a player that ended a moment early began the film anew', 760, true],
  ])('%s (seed %d)', async (_, seed, persons) => {
    expectSound(await playParty(seed, { persons, faults: true }), persons);
  });
});
