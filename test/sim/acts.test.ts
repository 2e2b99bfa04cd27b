import { describe, expect, it } from 'vitest';
import { PersonInput } from '../../src/player/person-input.ts';
import { positionAt } from '../../src/sync/index.ts';
import { Member } from './member.ts';
import { plainPlayer, type PlayerTraits } from './sim-player.ts';
import { SimServer } from './sim-server.ts';
import { World } from './world.ts';

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);
const ACTS = 8;
/** A page reacts to a hand so much later. */
const REACTS_MS = [0, 40] as const;
const TAKEN_UP_MS = 3000;
const NEAR_SEC = 1;

const plain = plainPlayer(50);
const PLAYERS: Record<string, PlayerTraits> = {
  'plain ones': plain,
  'ones that can only be sought': {
    ...plain,
    can: { rate: false, seekToleranceSec: 0.05, seekEveryMs: 1000 },
  },
  'ones that are given another source by each jump': { ...plain, jumpsAnew: true },
  'ones of which both is true': {
    ...plain,
    can: { rate: false, seekToleranceSec: 0.05, seekEveryMs: 1000 },
    jumpsAnew: true,
  },
};

/** Two watch, and one after the other does one thing; whatever the players are doing just then, it is what the room does. */
async function actInTurn(seed: number, traits: PlayerTraits): Promise<void> {
  const world = new World(seed);
  const { random } = world;
  const server = new SimServer(world);
  const joins = (name: string) =>
    new Member(world, server, {
      name,
      traits: { ...traits, ppm: random.between(-100, 100) },
      input: new PersonInput(),
      deafTo: () => false,
    });
  const one = joins('m0');
  one.player.start();
  await world.pass(2000);
  const both = [one, joins('m1')] as const;
  await world.pass(8000);

  for (let act = 0; act < ACTS; act++) {
    const { timeline } = one.session;
    if (!timeline) throw new Error('The room has no film.');
    const member = random.pick([...both]);
    const { player } = member;
    const seeks = random.chance(0.6);
    const toSec = random.between(100, 2900);
    const playing = timeline.playing !== !seeks;
    world.note(member.name, seeks ? `seeks to ${toSec.toFixed(1)}` : playing ? 'plays' : 'pauses');
    member.touch();
    const sinceMs = world.nowMs;
    world.after(random.between(...REACTS_MS), () => {
      if (seeks) player.jump(toSec);
      else if (playing) player.start();
      else player.stop();
    });
    await world.pass(sinceMs + TAKEN_UP_MS);
    for (const { session, name } of both) {
      const now = session.timeline;
      const offSec = now && seeks ? positionAt(now, server.nowMs()) - toSec : 0;
      const said = `act ${act}: ${seeks ? 'seek' : 'toggle'} of ${member.name}, as ${name} knows it\n${world.story()}`;
      expect(now?.playing, said).toBe(playing);
      expect(offSec, said).toBeGreaterThan(-NEAR_SEC);
      expect(offSec, said).toBeLessThan(TAKEN_UP_MS / 1000 + NEAR_SEC);
    }
    // At any moment of what the players do to be together again.
    await world.pass(world.nowMs + random.whole(0, 4000));
  }
  await world.pass(world.nowMs + 6000);
  for (const { player, name } of both) {
    expect(player.read().paused, `${name} at the end\n${world.story()}`).toBe(!one.session.timeline?.playing);
  }
}

describe.each(Object.entries(PLAYERS))('two with players that are %s', (_, traits) => {
  it.each(SEEDS)('do what either of them does (seed %d)', (seed) => actInTurn(seed, traits));
});
