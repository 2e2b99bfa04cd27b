import fc from 'fast-check';
import { hostileAttempt, hostileChoice, type HostileChoice } from './hostile.ts';
import { HONEST, HONEST_NAMES, IDENTITIES, tokenOf, type Attempt, type HonestName } from './setting.ts';
import type { HostAct, World } from './world.ts';

/** More connections of a stranger than this add nothing. */
const HOSTILE_CONNS = 5;

/** One step of a history. */
class Step implements fc.Command<World, World> {
  readonly #title: string;
  readonly #run: (world: World) => void;

  constructor(title: string, run: (world: World) => void) {
    this.#title = title;
    this.#run = run;
  }

  check(): boolean {
    return true;
  }

  run(world: World): void {
    this.#run(world);
  }

  toString(): string {
    return this.#title;
  }
}

/** As our client joins: with all that it remembers. */
function honestAttempt(world: World, name: HonestName): Attempt {
  const { setting } = world;
  const { address, isPlain, isMaker } = HONEST[name];
  const { epoch, seq, contentId, access } = world.memoryOf(name);
  const secret = isMaker && setting.hostSecret !== null ? { hostSecret: setting.hostSecret } : undefined;
  const remembers = epoch !== null && contentId !== null && seq > 0;
  return {
    ...{ userId: name, address, isPlain, key: setting.key ?? undefined, resumeToken: tokenOf(name) },
    snapshot: remembers ? { epoch, seq, content: { contentId } } : undefined,
    access: access ?? secret,
  };
}

const honestName = fc.constantFrom(...HONEST_NAMES);
const comes = (name: HonestName) =>
  new Step(`${name} comes`, (world) => {
    const conn = world.connOf(name) ?? world.connect(name, HONEST[name].address);
    world.join(conn, honestAttempt(world, name));
  });
function comeHostile(world: World, choice: HostileChoice): void {
  const { who } = choice;
  const own = world.conns.filter(({ owner }) => owner === who);
  if (own[0] && own.length >= HOSTILE_CONNS) world.drop(own[0]);
  const conn = (choice.again ? world.connOf(who) : undefined) ?? world.connect(who, `address-of-${who}`);
  world.join(conn, hostileAttempt(world, choice));
}
const hostileComes = (choice: HostileChoice) =>
  new Step(`${choice.who} comes ${JSON.stringify(choice)}`, (world) => comeHostile(world, choice));

/** One of those who have a connection; of the host's and of anybody's are as many. */
const actor = fc.record({ isHost: fc.boolean(), index: fc.nat({ max: 9 }) });
type Actor = typeof actor extends fc.Arbitrary<infer A> ? A : never;
function connOf(world: World, { isHost, index }: Actor) {
  const host = world.life?.host;
  const hosting = world.conns.find(({ isInside, userId }) => isInside && userId === host);
  return isHost && hosting ? hosting : world.conns[index % Math.max(1, world.conns.length)];
}
const by = (who: Actor, title: string, run: (world: World, conn: World['conns'][number]) => void) =>
  new Step(`${who.isHost ? 'the host' : `connection ${who.index}`}: ${title}`, (world) => {
    const conn = connOf(world, who);
    if (conn) run(world, conn);
  });

/** Mostly somebody who is there. */
const target = fc.record({
  isThere: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  index: fc.nat({ max: 9 }),
});
type Target = typeof target extends fc.Arbitrary<infer T> ? T : never;
function userIdOf(world: World, actor: string | null, { isThere, index }: Target): string {
  const others = [...(world.life?.seats.keys() ?? [])].filter((userId) => userId !== actor);
  const from = isThere && others.length > 0 ? others : IDENTITIES;
  return from[index % from.length] ?? '';
}

type ActsOf = (world: World, actor: string | null) => HostAct[];
const opens: HostAct = { type: 'room/set_lock', locked: false };
const removes = (world: World, actor: string | null, whom: Target): HostAct => ({
  type: 'room/remove',
  userId: userIdOf(world, actor, whom),
});
const hostActs: fc.Arbitrary<{ title: string; actsOf: ActsOf }> = fc.oneof(
  fc.constant({
    title: 'turns the lock',
    actsOf: ({ life }: World): HostAct[] => [{ type: 'room/set_lock', locked: !life?.locked }],
  }),
  fc.constantFrom('everyone' as const, 'host' as const).map((control) => ({
    title: `gives control to ${control}`,
    actsOf: (): HostAct[] => [{ type: 'room/set_control', control }],
  })),
  target.map((whom) => ({
    title: `removes ${JSON.stringify(whom)}`,
    actsOf: (world: World, actor: string | null) => [removes(world, actor, whom)],
  })),
  target.map((whom) => ({
    title: `removes ${JSON.stringify(whom)} and opens the room to others`,
    actsOf: (world: World, actor: string | null) => [removes(world, actor, whom), opens],
  })),
  target.map((whom) => ({
    title: `hands over to ${JSON.stringify(whom)}`,
    actsOf: (world: World, actor: string | null): HostAct[] => [
      { type: 'room/hand_over', toUserId: userIdOf(world, actor, whom) },
    ],
  })),
);
const acts = fc.tuple(actor, hostActs).map(([who, { title, actsOf }]) =>
  by(who, title, (world, conn) => {
    for (const act of actsOf(world, conn.userId)) world.act(conn, act);
  }),
);
const MOMENTS = [100, 3000, 7999, 8000, 30_000, 60_000, 3_600_000];

const newcomers = fc.oneof(honestName.map(comes), hostileChoice.map(hostileComes));
const plays = fc
  .tuple(actor, fc.boolean(), fc.nat({ max: 3 }))
  .map(([who, byState, film]) =>
    by(who, `plays ${film}`, (world, conn) => world.play(conn, `film-${film}`, byState)),
  );
const restarts = fc.oneof(
  fc.constant(new Step('the server starts anew', (world) => world.restart())),
  // Clients of ours wait a moment until they come back; whoever wants to be first does not.
  hostileChoice.map(
    (choice) =>
      new Step(`the server starts anew, and first ${choice.who} comes ${JSON.stringify(choice)}`, (world) => {
        world.restart();
        comeHostile(world, choice);
      }),
  ),
);
const goes = fc.oneof(
  actor.map((who) => by(who, 'leaves', (world, conn) => world.leave(conn))),
  actor.map((who) => by(who, 'is cut off', (world, conn) => world.drop(conn))),
);
const speaks = actor.map((who) => by(who, 'says something', (world, conn) => world.chat(conn)));
const passes = fc.constantFrom(...MOMENTS).map((ms) => new Step(`${ms} ms pass`, (world) => world.pass(ms)));

/** All that may happen; what stands more than once happens more often. */
export const anyHistory = (maxCommands: number) =>
  fc.commands(
    [
      newcomers,
      newcomers,
      newcomers,
      newcomers,
      acts,
      acts,
      acts,
      acts,
      goes,
      plays,
      speaks,
      passes,
      restarts,
    ],
    { maxCommands, size: 'max' },
  );
