import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory } from './access-model/commands.ts';
import { SETTINGS } from './access-model/setting.ts';
import { World } from './access-model/world.ts';

/** `npm run test:sim` looks further. */
const RUNS = Number(process.env.SIM_SEEDS ?? 150);
const LONGEST = 60;
/** Of a busy machine. */
const MOST_MS = 30_000 + RUNS * 200;
/** Situations that the rules were made for. */
const TO_BE_SEEN = [
  'a removal',
  'a room takes its key',
  'a proof after a restart',
  'a proof over who came first',
  'a proof puts somebody out',
  'no power yet',
  'refused: key',
  'refused: identity',
  'refused: locked',
  'refused: from where somebody was removed',
  'refused: a place that proves nothing',
];

describe('[KEY-6] [PROOF-4] [PROOF-5] [MOD-2] [MOD-3] [RES-1] [ROLE-2] whoever comes, in whatever order', () => {
  const seen = new Map<string, number>();

  it.each(SETTINGS)(
    'enters and rules a room by $title as the rules say',
    (setting) => {
      fc.assert(
        fc.property(anyHistory(LONGEST), (history) => {
          const world = new World(setting);
          fc.modelRun(() => ({ model: world, real: world }), history);
          for (const what of world.seen) seen.set(what, (seen.get(what) ?? 0) + 1);
        }),
        { numRuns: RUNS },
      );
    },
    MOST_MS,
  );

  it('The model meets every situation of the rules.', () => {
    expect(TO_BE_SEEN.filter((what) => !seen.has(what))).toEqual([]);
  });
});
