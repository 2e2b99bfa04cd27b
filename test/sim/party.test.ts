import { describe, it } from 'vitest';
import { playParty } from './party.ts';
import { expectSound } from './properties.ts';
import { batches, PER_TEST, TIMEOUT_MS } from './seeds.ts';

describe('a party whose members act, chat, lose connections, backgrounds and the server', () => {
  it.each(batches)(
    'ends on one timeline, with one chat and no invented act (25 seeds from %d)',
    async (from) => {
      for (let seed = from; seed < from + PER_TEST; seed++) {
        expectSound(await playParty(seed, { persons: true, faults: true, calls: true }), true);
      }
    },
    TIMEOUT_MS,
  );
});

describe('a party that waits for whoever stalls', () => {
  it.each(batches.slice(0, Math.ceil(batches.length / 3)))(
    'does so too (25 seeds from %d)',
    async (from) => {
      for (let seed = from; seed < from + PER_TEST; seed++) {
        expectSound(await playParty(seed, { persons: true, faults: true, calls: true, waits: true }), true);
      }
    },
    TIMEOUT_MS,
  );
});

/** Each fails when its defect is put back. */
describe('parties that once went wrong', () => {
  it.each([['a member that was lost was not in the call for those who had joined meanwhile', 360]])(
    '%s (seed %d)',
    async (_, seed) => {
      expectSound(await playParty(seed, { persons: true, faults: true, calls: true }), true);
    },
  );
});
