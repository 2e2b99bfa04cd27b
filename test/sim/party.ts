import type { SessionEvent } from '../../src/party/index.ts';
import { PersonInput } from '../../src/player/person-input.ts';
import { FAULTS, restartServer } from './faults.ts';
import { Member } from './member.ts';
import { actOnce, say } from './person.ts';
import type { PlayerTraits } from './sim-player.ts';
import { SimServer } from './sim-server.ts';
import { Steady } from './steady.ts';
import { World } from './world.ts';

export interface PartyOptions {
  /** Whether persons act on their players and chat. */
  persons: boolean;
  faults: boolean;
  /** In some parties members are in a call. */
  calls?: boolean;
  /** The room waits for whoever stalls. */
  waits?: boolean;
  /** How long the quiet end is watched. */
  watchMs?: number;
  /** What counts as a person's input; broken on purpose in calibration.test.ts. */
  input?: () => PersonInput;
  /** Events that no session is told; likewise. */
  ignores?: (event: SessionEvent) => boolean;
}

export interface Party {
  world: World;
  server: SimServer;
  members: Member[];
  chaosEndMs: number;
  /** Who was not back in the room 5 s after the last fault. */
  notBack: string[];
  steady: Steady;
}

/** The part of parties with a call, and of their members who are in it. */
const CALLS = 0.3;
const IN_CALL = 0.7;
/** The part of members whose page has its player in a frame. */
const EMBEDDED = 0.2;
const JOINED_BY_MS = 8000;
const BACK_WITHIN_MS = 5000;
/** A silent death is found by the ping every 10 s and its 5 s of patience. */
const HALF_OPEN_FOUND_MS = 16_000;
const SETTLE_MS = 26_000;
const WATCH_MS = 10_000;

/** Plays one party of about 80 to 110 s from its seed: joining, chaos, and a quiet end that is watched. */
export async function playParty(seed: number, options: PartyOptions): Promise<Party> {
  const world = new World(seed);
  const { random } = world;
  const server = new SimServer(world);
  const members: Member[] = [];
  const chaosEndMs = random.whole(30_000, 65_000);
  const durationSec = random.chance(0.15) ? random.between(30, 100) : random.between(3000, 9000);
  for (let at = 0, count = random.whole(2, 8); at < count; at++) {
    world.after(at === 0 ? 0 : random.between(50, JOINED_BY_MS), () => {
      const traits = someTraits(world, durationSec);
      const member = new Member(world, server, {
        name: `m${at}`,
        traits: at === 0 ? { ...traits, autoplay: 'all' } : traits,
        input: options.input ?? (() => new PersonInput()),
        embedded: random.chance(EMBEDDED),
        ignores: options.ignores ?? (() => false),
      });
      if (at === 0 && random.chance(0.7)) member.player.start();
      members.push(member);
    });
  }
  if (options.faults) planFaults(world, server, members, chaosEndMs);
  if (options.waits) world.after(JOINED_BY_MS, () => members[0]?.setWaitPolicy('wait'));
  if (options.persons) planPersons(world, members, chaosEndMs);
  if (options.calls && random.chance(CALLS)) planCalls(world, members, chaosEndMs);

  await world.pass(chaosEndMs + BACK_WITHIN_MS);
  const notBack = members.filter(({ online }) => !online).map(({ name }) => name);
  await world.pass(chaosEndMs + SETTLE_MS);
  const steady = new Steady(world, server, members);
  for (const { callPage } of members) callPage?.read.splice(0);
  await world.pass(chaosEndMs + SETTLE_MS + (options.watchMs ?? WATCH_MS));
  steady.end();
  return { world, server, members, chaosEndMs, notBack, steady };
}

export function someTraits({ random }: World, durationSec: number): PlayerTraits {
  const canRate = !random.chance(0.1);
  return {
    durationSec,
    ppm: random.between(-100, 100),
    clock: random.chance(0.3) ? 'steps' : 'exact',
    seekLagMs: random.chance(0.85) ? [16, 100] : [200, 700],
    startLagMs: [2, 80],
    can: { rate: canRate, seekToleranceSec: canRate ? 0 : 0.1, seekEveryMs: 0 },
    writesRateBack: random.chance(0.08),
    jumpsAnew: random.chance(0.06),
    autoplay: random.pick(['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'muted', 'none']),
  };
}

function planFaults(world: World, server: SimServer, members: readonly Member[], endMs: number): void {
  const { random } = world;
  for (let count = random.whole(2, 14); count > 0; count--) {
    world.after(random.between(1000, endMs - HALF_OPEN_FOUND_MS), () => {
      const member = members[random.whole(0, members.length - 1)];
      if (member) random.pick(FAULTS)(world, member, endMs - world.nowMs);
    });
  }
  if (!random.chance(0.35)) return;
  world.after(random.between(JOINED_BY_MS + 1000, endMs - 5000), () => {
    // Who knows nothing of the room and is first at a server without memory makes another (RES-7).
    if (members.every(({ session }) => session.playback.timeline))
      restartServer(world, server, random.between(50, 5000));
  });
}

function planPersons(world: World, members: readonly Member[], endMs: number): void {
  const { random } = world;
  const someone = () => members[random.whole(0, members.length - 1)];
  for (let count = random.whole(1, 16); count > 0; count--) {
    world.after(random.between(2000, endMs - 3000), () => {
      const member = someone();
      const friend = random.chance(0.3) ? someone() : undefined;
      if (member) actOnce(world, member, friend === member ? undefined : friend);
    });
  }
  for (let count = random.whole(0, 20); count > 0; count--) {
    world.after(random.between(500, endMs), () => {
      const member = someone();
      if (member) say(member);
    });
  }
}

function planCalls(world: World, members: readonly Member[], endMs: number): void {
  const { random } = world;
  world.after(JOINED_BY_MS, () => {
    for (const member of members)
      if (random.chance(IN_CALL))
        world.after(random.between(0, endMs - JOINED_BY_MS), () => member.joinCall());
  });
}
