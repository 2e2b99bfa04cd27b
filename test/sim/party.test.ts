import { describe, expect, it } from 'vitest';
import { playParty } from './party.ts';
import { expectSound, messageRate } from './properties.ts';

const PER_TEST = 50;
/** Of each of two kinds, and a third as many of another; `npm run test:sim` asks for 5000. */
const SEEDS = Number(process.env.SIM_SEEDS ?? 600);
/** Two cores run this file beside others. */
const TIMEOUT_MS = 60_000;
const batches = Array.from({ length: Math.ceil(SEEDS / PER_TEST) }, (_, at) => 1 + at * PER_TEST);

describe('a party whose members act, chat, lose connections, backgrounds and the server', () => {
  it.each(batches)(
    'ends on one timeline, with one chat and no invented act (50 seeds from %d)',
    async (from) => {
      for (let seed = from; seed < from + PER_TEST; seed++) {
        expectSound(await playParty(seed, { persons: true, faults: true }), true);
      }
    },
    TIMEOUT_MS,
  );
});

describe('a party that waits for whoever stalls', () => {
  it.each(batches.slice(0, Math.ceil(batches.length / 3)))(
    'does so too (50 seeds from %d)',
    async (from) => {
      for (let seed = from; seed < from + PER_TEST; seed++) {
        expectSound(await playParty(seed, { persons: true, faults: true, waits: true }), true);
      }
    },
    TIMEOUT_MS,
  );
});

describe('a party in which nobody acts', () => {
  it.each(batches)(
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

/** Each fails when its defect is put back; what went wrong in others is tested by example where it was mended. */
describe('parties that once went wrong', () => {
  it.each([
    ['a player with slow seeks never arrived', 94],
    ['a site without speeds was told one again and again', 36],
    ['restored lines of one moment stood in another order for each', 18],
    ['an attempt to connect begun in sleep hung on after waking', 362],
    ['a film that was paused near its end stayed there while the others had seen the end', 518],
  ])('%s (seed %d)', async (_, seed) => {
    expectSound(await playParty(seed, { persons: true, faults: true }), true);
  });
});
