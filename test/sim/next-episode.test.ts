import { describe, expect, it } from 'vitest';
import { playNextEpisode, type Evening } from './next-episode.ts';
import { allTogether, nobodyHunts, nobodyStuck } from './properties.ts';
import { batches, PER_TEST, TIMEOUT_MS } from './seeds.ts';

/** What passes between a player's beginning and the word of it, and what a start lets the clocks differ. */
const SOON_SEC = 1.5;
/** Whoever leads is waited for, however long the ad is that their site shows first; the others see so much of the film until then. */
const PULLED_BACK_SEC = 12;

function expectTogether(evening: Evening): void {
  const { members, server, jumps, begunMs, next, world } = evening;
  try {
    expect(members.map(({ site }) => site?.plays?.contentId)).toEqual(members.map(() => next.contentId));
    expect(members.map(({ session }) => session.playback.content?.contentId)).toEqual(
      members.map(() => next.contentId),
    );
    for (const { state, act } of server.states) {
      expect(act, 'an act that nobody did').toBeUndefined();
      expect(state.rate, 'a speed that nobody chose').toBe(1);
      if (state.contentId !== next.contentId) continue;
      expect(state.positionSec, 'told of the next film').toBeLessThan(14 + SOON_SEC);
    }
    for (const { film, atMs, fromSec, toSec, member } of jumps) {
      if (film !== next.contentId) continue;
      expect(toSec, `${member} is sought in the next film`).toBeLessThan((atMs - begunMs) / 1000 + SOON_SEC);
      expect(fromSec - toSec, `${member} is pulled back`).toBeLessThan(PULLED_BACK_SEC);
    }
    nobodyStuck(evening);
    nobodyHunts(evening);
    allTogether(evening);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${why}\n${world.story()}`, { cause: error });
  }
}

describe('a party at the end of an episode, whose members’ sites go on each in its own way', () => {
  it.each(batches.slice(0, Math.ceil(batches.length / 3)))(
    'sees the next one together, and nothing of the last is taken for it (25 seeds from %d)',
    async (from) => {
      for (let seed = from; seed < from + PER_TEST; seed++) expectTogether(await playNextEpisode(seed));
    },
    TIMEOUT_MS,
  );
});

it('notices where nobody is brought along whose site stays at the end', async () => {
  const found: string[] = [];
  for (let seed = 1; seed <= 12; seed++) {
    const evening = await playNextEpisode(seed, {
      ignores: (event) => event.type === 'timer' && event.name === 'navigation',
      traits: (at) => (at === 0 ? { goesOnAtSec: null } : {}),
    });
    try {
      expectTogether(evening);
    } catch (error) {
      found.push(error instanceof Error ? error.message : String(error));
    }
  }
  expect(found.length).toBe(12);
});
