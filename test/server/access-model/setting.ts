import { createHash } from 'node:crypto';
import { keyOfSecret, withCertificate, type RoomAccess } from '../../../src/protocol/index.ts';

/** The room of one history. */
export interface Setting {
  title: string;
  roomId: string;
  /** What its true link carries. */
  key: string | null;
  /** What its maker has. */
  hostSecret: string | null;
  /** Only its key makes the room, and opens it. */
  isCertified: boolean;
}

const digest = (text: string) => createHash('sha256').update(text).digest();
export const hashOf = (token: string) => digest(token).toString('base64url');
export const keyFrom = (hostSecret: string) => keyOfSecret(digest(hostSecret));

const hostSecret = 'the-host-secret-of-ana-0001';
const key = keyFrom(hostSecret);

export const SETTINGS: readonly Setting[] = [
  {
    title: 'a name with a certificate',
    roomId: withCertificate('amber-otter', digest(key)),
    key,
    hostSecret,
    isCertified: true,
  },
  { title: 'a key of a secret', roomId: 'keyed-room', key, hostSecret, isCertified: false },
  {
    title: 'a key of chance',
    roomId: 'old-room',
    key: 'a-key-of-chance-000001',
    hostSecret: null,
    isCertified: false,
  },
  { title: 'no key', roomId: 'open-room', key: null, hostSecret: null, isCertified: false },
];

/** One join, as somebody tries it. */
export interface Attempt {
  userId: string;
  address: string;
  /** Without caps it is a plain v1 client, of whom the server reads none of the rest. */
  isPlain: boolean;
  key?: string | undefined;
  resumeToken?: string | undefined;
  snapshot?: { epoch: string; seq: number; content: { contentId: string } } | undefined;
  access?: RoomAccess | undefined;
}

export interface Person {
  name: string;
  address: string;
  isPlain: boolean;
  /** Ana makes the room, the others are invited. */
  isMaker: boolean;
}
const person = (name: string, extra: Partial<Person> = {}): Person => ({
  ...{ name, address: `address-of-${name}`, isPlain: false, isMaker: false },
  ...extra,
});

export const HONEST = {
  ana: person('ana', { isMaker: true }),
  ben: person('ben'),
  cyd: person('cyd'),
  vic: person('vic', { isPlain: true }),
} as const;
export type HonestName = keyof typeof HONEST;
export const HONEST_NAMES = Object.keys(HONEST) as HonestName[];

/** Eve was invited and knows all that an insider does; Mal knows the room's name only. */
export type HostileName = 'eve' | 'mal';
export const ALTS = ['alt-0', 'alt-1', 'alt-2', 'alt-3'];
export const IDENTITIES = [...HONEST_NAMES, ...ALTS];

export const tokenOf = (owner: string, userId = owner) => `token-of-${owner}-as-${userId}`;
