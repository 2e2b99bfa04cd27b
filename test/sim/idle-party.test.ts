import { describe, expect, it } from 'vitest';
import { playParty } from './party.ts';
import { expectSound, messageRate } from './properties.ts';
import { batches, PER_TEST, TIMEOUT_MS } from './seeds.ts';

describe('a party in which nobody acts', () => {
  it.each(batches)(
    'tells not one intent, whatever sites, stalls, losses and deaths do (25 seeds from %d)',
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
