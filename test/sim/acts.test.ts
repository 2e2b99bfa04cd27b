import { describe, expect, it } from 'vitest';
import { PersonInput } from '../../src/player/person-input.ts';
import { positionAt } from '../../src/sync/index.ts';
import { Member } from './member.ts';
import { plainPlayer, type PlayerTraits } from './sim-player.ts';
import type { SiteFilm } from './sim-site.ts';
import { SimServer } from './sim-server.ts';
import { World } from './world.ts';

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);
const ACTS = 8;
/** A page reacts to a hand so much later. */
const REACTS_MS = [0, 40] as const;
const TAKEN_UP_MS = 3000;
const NEAR_SEC = 1;
/** From here to its end a film's site may go on to the next one, for which a new source could be taken. */
const LAST_SEC = { from: 58, to: 30 };

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

/** One that waits for its person at the end. */
const site = {
  ...{ goesOnAtSec: null, promo: null, adMs: 0, replacesPlayer: false, keepsRate: true },
  ...{ namedAfterMs: 0, emptyMs: 0, pageLoadMs: 0 },
};
const episode = (number: number): SiteFilm => ({
  contentId: `films:e${number}`,
  url: `https://films.example/e${number}`,
  title: `Episode ${number}`,
  durationSec: plain.durationSec,
});

/**
 * Two watch, and one after the other does one thing; whatever the players are doing just then, it is what the room does.
 * `atEnd`: jumps are to the film's last minute.
 */
async function actInTurn(seed: number, traits: PlayerTraits, atEnd: boolean): Promise<void> {
  const world = new World(seed);
  const { random } = world;
  const server = new SimServer(world);
  const byAddress = random.chance(0.5);
  const joins = (name: string) =>
    new Member(world, server, {
      name,
      traits: { ...traits, ppm: random.between(-100, 100) },
      input: () => new PersonInput(),
      ignores: () => false,
      site: { films: [episode(1), episode(2)], traits: { ...site, byAddress } },
    });
  const one = joins('m0');
  one.player.start();
  await world.pass(2000);
  const both = [one, joins('m1')] as const;
  await world.pass(8000);

  for (let act = 0; act < ACTS; act++) {
    const { timeline } = one.session.playback;
    if (!timeline) throw new Error('The room has no film.');
    const member = random.pick([...both]);
    const { player } = member;
    // A press in the moment in which there is no source comes to nothing on the site itself.
    while (!player.read().attached) await world.pass(world.nowMs + 10);
    const seeks = atEnd ? act % 2 === 0 : random.chance(0.6);
    // So does a stop of what stands for a moment because it was ahead.
    const stands = () => timeline.playing && !timeline.held && player.read().paused;
    while (!seeks && stands()) await world.pass(world.nowMs + 10);
    const leftSec = random.between(LAST_SEC.from, LAST_SEC.to);
    const toSec = atEnd ? plain.durationSec - leftSec : random.between(100, 2900);
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
      const now = session.playback.timeline;
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
    expect(player.read().paused, `${name} at the end\n${world.story()}`).toBe(
      !one.session.playback.timeline?.playing,
    );
  }
}

describe.each(Object.entries(PLAYERS))('two with players that are %s', (_, traits) => {
  it.each(SEEDS)('do what either of them does (seed %d)', (seed) => actInTurn(seed, traits, false));
  it.each(SEEDS)('do so in the last minute of a film (seed %d)', (seed) => actInTurn(seed, traits, true));
});
