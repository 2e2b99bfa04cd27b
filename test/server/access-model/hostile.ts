import fc from 'fast-check';
import type { RoomAccess } from '../../../src/protocol/index.ts';
import {
  ALTS,
  hashOf,
  HONEST_NAMES,
  IDENTITIES,
  tokenOf,
  type Attempt,
  type HostileName,
} from './setting.ts';
import type { World } from './world.ts';

/** How a stranger tries to get in. */
export interface HostileChoice {
  /** Eve was invited and knows the link; Mal knows the room's name only. */
  who: HostileName;
  /** On the connection it has. */
  again: boolean;
  as: { kind: 'an alt' | 'somebody there' | 'anybody'; index: number };
  isPlain: boolean;
  token: 'none' | 'own' | 'short' | 'a hash';
  key: 'what it knows' | 'none' | 'its own';
  snapshot: 'none' | 'true epoch' | 'made up';
  access: 'none' | 'made up' | 'the key' | 'told' | 'told, and changed';
}

const often = <T extends string>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(usual) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );

export const hostileChoice: fc.Arbitrary<HostileChoice> = fc.record({
  who: often<HostileName>('eve', 'mal'),
  again: fc.boolean(),
  as: fc.record({ kind: often('an alt', 'somebody there', 'anybody'), index: fc.nat({ max: 9 }) }),
  isPlain: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  token: often<HostileChoice['token']>('own', 'none', 'short', 'a hash'),
  key: often<HostileChoice['key']>('what it knows', 'none', 'its own'),
  snapshot: often<HostileChoice['snapshot']>('none', 'true epoch', 'made up'),
  access: often<HostileChoice['access']>('none', 'made up', 'the key', 'told', 'told, and changed'),
});

export function hostileAttempt(world: World, choice: HostileChoice): Attempt {
  const { who, isPlain } = choice;
  const userId = userIdOf(world, choice.as);
  const known = who === 'eve' ? (world.setting.key ?? undefined) : undefined;
  const keys = { 'what it knows': known, none: undefined, 'its own': `a-key-of-${who}-s-own` };
  const memory = world.memoryOf(who);
  const tokens = {
    none: undefined,
    own: tokenOf(who, userId),
    short: 'short',
    // What guards somebody is told to hosts, and is no token.
    'a hash': memory.access?.guards?.find((guard) => guard.userId === userId)?.tokenHash ?? 'x'.repeat(43),
  };
  const content = { contentId: `film-of-${who}` };
  const made = { epoch: 'made-up', seq: 1_000_000, content };
  const snapshots = {
    none: undefined,
    'true epoch': { ...made, epoch: memory.epoch ?? 'made-up' },
    'made up': made,
  };
  return {
    ...{ userId, isPlain, address: `address-of-${who}` },
    key: keys[choice.key],
    resumeToken: tokens[choice.token],
    snapshot: snapshots[choice.snapshot],
    access: accessOf({ ...choice, userId }, known, memory.access),
  };
}

function userIdOf(world: World, { kind, index }: HostileChoice['as']): string {
  const there = [...(world.life?.seats.keys() ?? [])];
  const from = kind === 'an alt' ? ALTS : kind === 'anybody' || there.length === 0 ? IDENTITIES : there;
  return from[index % from.length] ?? '';
}

/** In its favour: friends barred, the room locked behind it, others' seats under its own tokens. */
function accessOf(
  { who, userId, access }: HostileChoice & { userId: string },
  key: string | undefined,
  told: RoomAccess | null,
): RoomAccess | undefined {
  const inFavour = {
    locked: true,
    barred: HONEST_NAMES.filter((name) => name !== userId),
    guards: IDENTITIES.map((identity) => ({ userId: identity, tokenHash: hashOf(tokenOf(who, identity)) })),
  };
  switch (access) {
    case 'none':
      return undefined;
    case 'made up':
      return { hostSecret: 'a-made-up-host-secret', ...inFavour };
    case 'the key':
      return { hostSecret: key ?? 'no-key-to-show-here', ...inFavour };
    case 'told':
      return told ?? undefined;
    case 'told, and changed':
      return told ? { hostSecret: told.hostSecret, ...inFavour } : undefined;
  }
}
