import { describe, expect, it } from 'vitest';
import { PersonInput } from '../../src/player/person-input.ts';
import type { WaitPolicy } from '../../src/protocol/index.ts';
import { Member } from './member.ts';
import { SimServer } from './sim-server.ts';
import { plainPlayer } from './sim-player.ts';
import { driftOf } from './steady.ts';
import { World } from './world.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const TOGETHER_MS = 60;
const SETTLED_MS = 15_000;
/** What a stall is seen after (0.3 s), counted for (0.7 s) and told in, and a reserve. */
const HELD_AFTER_MS = 2500;
/** A start is told, and awaited by all (docs/protocol.md, HOLD-4); then each arrives. */
const BACK_WITHIN_MS = 4000;
const LOOK_EVERY_MS = 50;

/** How all were at one moment, the one that stalls last. */
interface Look {
  atMs: number;
  seq: number;
  held: boolean;
  driftsMs: number[];
  positionsSec: number[];
}

/** Three play; the last has nothing to show for so long. Times in the looks count from where that begins. */
async function stallOne(seed: number, waitPolicy: WaitPolicy, stallMs: number): Promise<Look[]> {
  const world = new World(seed);
  const server = new SimServer(world);
  const joins = (name: string) => {
    const traits = plainPlayer(world.random.between(-100, 100));
    return new Member(world, server, { name, traits, input: () => new PersonInput(), ignores: () => false });
  };
  const host = joins('m0');
  host.player.start();
  await world.pass(2000);
  const last = joins('m2');
  const members = [host, joins('m1'), last];
  await world.pass(5000);
  host.setWaitPolicy(waitPolicy);
  await world.pass(SETTLED_MS);
  if (!host.session.playback.timeline?.playing) throw new Error('nothing plays');
  const looks: Look[] = [];
  world.every(LOOK_EVERY_MS, () => {
    const { timeline } = host.session.playback;
    if (!timeline) return;
    looks.push({
      atMs: world.nowMs - SETTLED_MS,
      seq: timeline.seq,
      held: timeline.held === true,
      driftsMs: members.map((member) => driftOf(member, timeline, server.nowMs())),
      positionsSec: members.map(({ player }) => player.trueSec()),
    });
  });
  last.player.stallFor(stallMs);
  await world.pass(SETTLED_MS + stallMs + 2 * BACK_WITHIN_MS);
  return looks;
}

const between = (looks: readonly Look[], fromMs: number, toMs: number) =>
  looks.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
const othersOffMs = (looks: readonly Look[]) =>
  Math.max(...looks.flatMap(({ driftsMs }) => driftsMs.slice(0, -1).map(Math.abs)));
const allOffMs = (looks: readonly Look[]) =>
  Math.max(...looks.flatMap(({ driftsMs }) => driftsMs.map(Math.abs)));
const seqs = (looks: readonly Look[]) => new Set(looks.map(({ seq }) => seq));

describe.each(SEEDS)('a member that stalls (seed %d)', (seed) => {
  it.each([500, 2000, 10_000, 60_000])(
    'for %d ms in a room that goes on holds up nobody',
    async (stallMs) => {
      const looks = await stallOne(seed, 'go_on', stallMs);
      expect(seqs(looks).size).toBe(1);
      expect(othersOffMs(looks)).toBeLessThan(TOGETHER_MS);
      expect(allOffMs(between(looks, stallMs + BACK_WITHIN_MS, Infinity))).toBeLessThan(TOGETHER_MS);
    },
  );

  it('for half a second in a room that waits is not worth waiting for', async () => {
    const looks = await stallOne(seed, 'wait', 500);
    expect(seqs(looks).size).toBe(1);
    expect(othersOffMs(looks)).toBeLessThan(TOGETHER_MS);
    expect(allOffMs(between(looks, 500 + BACK_WITHIN_MS, Infinity))).toBeLessThan(TOGETHER_MS);
  });

  it.each([2000, 10_000])('for %d ms in a room that waits is waited for', async (stallMs) => {
    const looks = await stallOne(seed, 'wait', stallMs);
    const waiting = between(looks, HELD_AFTER_MS, stallMs);
    expect(waiting.every(({ held }) => held)).toBe(true);
    for (const { positionsSec } of waiting) {
      expect(positionsSec[0]).toBeCloseTo(waiting[0]?.positionsSec[0] ?? 0, 6);
    }
    const after = between(looks, stallMs + BACK_WITHIN_MS, Infinity);
    expect(after.some(({ held }) => held)).toBe(false);
    expect(allOffMs(after)).toBeLessThan(TOGETHER_MS);
  });

  it('for a minute in a room that waits is waited for half a minute', async () => {
    const looks = await stallOne(seed, 'wait', 60_000);
    expect(between(looks, HELD_AFTER_MS, 30_000).every(({ held }) => held)).toBe(true);
    const goneOn = between(looks, 30_000 + HELD_AFTER_MS + BACK_WITHIN_MS, Infinity);
    expect(goneOn.some(({ held }) => held)).toBe(false);
    expect(seqs(goneOn).size).toBe(1);
    expect(othersOffMs(goneOn)).toBeLessThan(TOGETHER_MS);
    expect(allOffMs(between(looks, 60_000 + BACK_WITHIN_MS, Infinity))).toBeLessThan(TOGETHER_MS);
  });
});
