import { describe, expect, it } from 'vitest';
import { PersonInput } from '../../src/player/person-input.ts';
import { Member } from './member.ts';
import { plainPlayer } from './sim-player.ts';
import { SimServer } from './sim-server.ts';
import { World } from './world.ts';

/** A link whose delay jumps by 400 ms tells of the speed late, and then two seconds are not enough. */
const PARTIES = 60;
const LEAST_TOGETHER = 55;
const PLAYS_MS = 20_000;
const RUNS_ON_MS = 15_000;
const LOOK_EVERY_MS = 50;
/** A speed is told and taken up, and then what that took is made up for. */
const TOGETHER_AGAIN_MS = 2000;
/** How far apart two are held otherwise, which their links' asymmetry decides, is seen at the end. */
const AS_BEFORE_MS = 8000;
const MORE_MS = 5;

interface Look {
  atMs: number;
  apartMs: number;
}

/** Two play, one chooses another speed; how far apart they are from then on. */
async function chooseSpeed(seed: number, from: number, to: number): Promise<Look[]> {
  const world = new World(seed);
  const server = new SimServer(world);
  const joins = (name: string) => {
    const traits = plainPlayer(world.random.between(-100, 100));
    return new Member(world, server, { name, traits, input: () => new PersonInput(), ignores: () => false });
  };
  const one = joins('m0');
  const choose = (rate: number) => {
    one.touch();
    one.player.changeRate(rate);
  };
  one.player.start();
  await world.pass(2000);
  const other = joins('m1');
  await world.pass(5000);
  choose(from);
  // At any moment between two looks at a player.
  const sinceMs = PLAYS_MS + world.random.whole(0, 100);
  await world.pass(sinceMs);
  const looks: Look[] = [];
  world.every(LOOK_EVERY_MS, () => {
    const apartMs = (one.player.trueSec() - other.player.trueSec()) * 1000;
    looks.push({ atMs: world.nowMs - sinceMs, apartMs: Math.abs(apartMs) });
  });
  choose(to);
  await world.pass(sinceMs + RUNS_ON_MS);
  const timelines = [one, other].map(({ session }) => session.playback.timeline);
  expect(timelines).toEqual(
    timelines.map(() => expect.objectContaining({ playing: true, rate: to }) as unknown),
  );
  return looks;
}

const widestMs = (looks: readonly Look[], fromMs: number) =>
  Math.max(...looks.filter(({ atMs }) => atMs >= fromMs).map(({ apartMs }) => apartMs));

describe.each([
  [1, 1.5],
  [1.5, 1],
  [1, 2],
  [1, 0.75],
])('who goes from a speed of %d to %d', (from, to) => {
  it(`has the other beside them two seconds later, in ${LEAST_TOGETHER} of ${PARTIES} parties`, async () => {
    let together = 0;
    for (let seed = 1; seed <= PARTIES; seed += 1) {
      const looks = await chooseSpeed(seed, from, to);
      if (widestMs(looks, TOGETHER_AGAIN_MS) < widestMs(looks, AS_BEFORE_MS) + MORE_MS) together += 1;
    }
    expect(together).toBeGreaterThanOrEqual(LEAST_TOGETHER);
  });
});
