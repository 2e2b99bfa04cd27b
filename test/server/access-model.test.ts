import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { anyHistory } from './access-model/commands.ts';
import { SETTINGS } from './access-model/setting.ts';
import { World } from './access-model/world.ts';

/** `npm run test:sim` looks further. */
const RUNS = Number(process.env.SIM_SEEDS ?? 400);
const LONGEST = 60;

describe('[KEY] [PROOF] [MOD] [RES] [ROLE] whoever comes in whatever order', () => {
  const seen = new Map<string, number>();

  it.each(SETTINGS)('gets into a room by $title, and rules it, as the rules say', (setting) => {
    fc.assert(
      fc.property(anyHistory(LONGEST), (history) => {
        const world = new World(setting);
        fc.modelRun(() => ({ model: world, real: world }), history);
        for (const what of world.seen) seen.set(what, (seen.get(what) ?? 0) + 1);
      }),
      { numRuns: RUNS },
    );
  });

  afterAll(() => {
    if (process.env.SHOW_SEEN) console.log(seen);
  });
  it('meets all that the rules speak of', () => {
    for (const what of []) expect(seen.get(what)).toBeGreaterThan(0);
  });
});
