import { describe, expect, it } from 'vitest';
import { PersonInput } from '../../src/player/person-input.ts';
import { Member } from './member.ts';
import { plainPlayer, type PlayerTraits } from './sim-player.ts';
import { SimServer } from './sim-server.ts';
import { World } from './world.ts';

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);
const JOINS_AT_MS = 40_000;
const WATCHED_MS = 20_000;
/** One jump teaches how long they take, two more land ahead of the room, where a stop is enough. */
const TOGETHER_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 50;
/** Either is left where it is within 50 ms of the room. */
const TOGETHER_WITHIN_MS = 100;

const onlySought = {
  ...plainPlayer(0),
  can: { rate: false, seekToleranceSec: 0.05, seekEveryMs: 1000 },
};
const PLAYERS: Record<string, PlayerTraits> = {
  'as fast as any': onlySought,
  'of half a second, more or less': { ...onlySought, seekLagMs: [200, 700] },
  'that bring another source each': { ...onlySought, jumpsAnew: true },
};

/** Who only jumps joins a film that has run for long; how far both are apart from when on they are to be together. */
async function joinBy(seed: number, traits: PlayerTraits): Promise<{ widestMs: number; story: string }> {
  const world = new World(seed);
  const server = new SimServer(world);
  const joins = (name: string) =>
    new Member(world, server, {
      name,
      traits: { ...traits, ppm: world.random.between(-100, 100) },
      input: () => new PersonInput(),
      ignores: () => false,
    });
  const one = joins('m0');
  one.player.start();
  await world.pass(JOINS_AT_MS);
  const other = joins('m1');
  await world.pass(JOINS_AT_MS + TOGETHER_AFTER_MS);
  let widestMs = 0;
  world.every(LOOK_EVERY_MS, () => {
    widestMs = Math.max(widestMs, Math.abs(one.player.trueSec() - other.player.trueSec()) * 1000);
  });
  await world.pass(JOINS_AT_MS + WATCHED_MS);
  return { widestMs, story: world.story() };
}

describe.each(Object.entries(PLAYERS))('on a site without rates, whose jumps are ones %s', (_, traits) => {
  it.each(SEEDS)('who joins is in step within ten seconds, and stays so (seed %d)', async (seed) => {
    const { widestMs, story } = await joinBy(seed, traits);
    expect(widestMs, story).toBeLessThan(TOGETHER_WITHIN_MS);
  });
});
