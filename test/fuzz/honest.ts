import { CAPS } from '../../src/protocol/index.ts';
import type { Scene } from './scene.ts';
import { CLIENT_SHAPES, type Shape } from './shapes.ts';

export interface Envelope {
  v: number;
  type: string;
  requestId?: string;
  payload: unknown;
}

/** What keeps a room going is sent more often than what empties it. */
const WEIGHTS: Record<string, number> = {
  'room/join': 8,
  'room/leave': 1,
  'room/remove': 0.3,
  'room/set_lock': 1,
  'chat/send': 12,
  'watch/playback_state': 12,
};
const USUAL_WEIGHT = 4;
const TYPES = [...CLIENT_SHAPES.keys()].map((type) => [WEIGHTS[type] ?? USUAL_WEIGHT, type] as const);

/** All caps mostly, none, and some lists with others of them missing. */
const CAP_LISTS = Array.from({ length: 24 }, (_, list) =>
  CAPS.filter((_cap, index) => list < 14 || (list > 14 && (list * 2_654_435 + index * 7919) % 5 > 0)),
);
const EMOJI = ['👍', '❤️', '🎉', '🏳️‍🌈', '1️⃣'];
const NAMES = ['ada', 'bob', 'cyd'];
const TOKEN_HASH_CHARS = 43;
/** Where the schema does not say it, since it measures the JSON: an offer of a busy call, and a candidate. */
const LONGEST_TEXT = 40_000;
const LONGEST_CANDIDATE = 1000;

export const anyType = ({ random }: Scene): string => random.weighted(TYPES);

/** A payload that its type's schema takes, of somebody who knows the room. */
export function honestPayload(
  type: string,
  scene: Scene,
  shapes: ReadonlyMap<string, Shape> = CLIENT_SHAPES,
): Record<string, unknown> {
  const shape = shapes.get(type);
  if (!shape) throw new Error(`there is no type ${type}`);
  return objectOf(shape, type, scene);
}

/** `name` is that of the field, which says what is meant by a string. */
export function valueOf(shape: Shape, name: string, scene: Scene): unknown {
  const { random } = scene;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return random.pick(shape.enum);
  if (shape.anyOf) return valueOf(random.pick(shape.anyOf), name, scene);
  switch (shape.type) {
    case 'object':
      return shape.properties ? objectOf(shape, name, scene) : recordOf(scene, 3);
    case 'array':
      return arrayOf(shape, name, scene);
    case 'string':
      return stringOf(shape, name, scene);
    case 'integer':
      return random.chance(0.95) ? random.below(12) : random.pick([0, shape.maximum ?? 0]);
    case 'number':
      return numberOf(shape, name, scene);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    case undefined:
      return name === 'sdp' || name === 'candidate' ? recordOf(scene, 3) : jsonOf(scene, 3);
  }
}

function objectOf(shape: Shape, name: string, scene: Scene): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(shape.properties ?? {})) {
    const isNeeded = shape.required?.includes(key) ?? false;
    if (!isNeeded && !scene.random.chance(key === 'caps' || key === 'key' ? 0.8 : 0.4)) continue;
    // Whoever joins says who it is; elsewhere a userId is somebody's.
    made[key] = valueOf(inner, name === 'client' && key === 'userId' ? 'ownUserId' : key, scene);
  }
  return made;
}

function arrayOf(shape: Shape, name: string, scene: Scene): unknown[] {
  const { random } = scene;
  if (name === 'caps') return [...random.pick(CAP_LISTS)];
  const length = random.magnitude(Math.min(shape.maxItems ?? 8, 12)) - 1;
  return Array.from({ length }, () => valueOf(shape.items ?? {}, name, scene));
}

function numberOf({ minimum = 0, maximum = 1e9 }: Shape, name: string, { random }: Scene): number {
  if (name === 'hostTsMs' && random.chance(0.7)) return Date.now() + random.below(2000) - 1000;
  if (random.chance(0.1)) return random.pick([minimum, maximum]);
  return Math.min(maximum, minimum + random.next() * random.magnitude(10_000));
}

function stringOf({ maxLength, pattern }: Shape, name: string, scene: Scene): string {
  const { random, room, users, userId, resumeToken } = scene;
  const mostly = (usual: string, other: () => string) => (random.chance(0.9) ? usual : other());
  switch (name) {
    case 'roomId':
      return room.roomId;
    case 'ownUserId':
      return mostly(userId, () => random.pick(users));
    case 'userId':
    case 'toUserId':
    case 'barred':
      return random.pick(users);
    case 'resumeToken':
      return mostly(resumeToken, () => 'a-guess-of-a-token');
    // A wrong key is counted against its address, so it is rare.
    case 'key':
      return random.chance(0.98) ? (room.key ?? 'key-of-a-room-without') : 'a-wrong-key-of-a-room';
    case 'hostSecret':
      return random.chance(0.9) ? (room.hostSecret ?? 'a-secret-without-a-room') : 'a-made-up-host-secret';
    case 'tokenHash':
      return 'h'.repeat(TOKEN_HASH_CHARS);
    case 'emoji':
      return random.pick(EMOJI);
    case 'urls':
      return 'stun:turn.example.org:3478';
    case 'epoch':
      return random.pick(['e1', 'e2']);
    case 'id':
      return `${random.pick(NAMES)}-${random.below(30)}`;
    case 'contentId':
      return `${room.canary} film ${random.below(3)}`;
    default:
      // A pattern that nothing above knows is a new one: whoever makes it names it here.
      if (pattern !== undefined) throw new Error(`no string is known for "${name}"`);
      return textOf(scene, maxLength ?? (name === 'candidate' ? LONGEST_CANDIDATE : LONGEST_TEXT));
  }
}

/** Something said in the room. */
function textOf({ random, room }: Scene, maxLength: number): string {
  const said = `${room.canary} ${random.pick(NAMES)} ${random.below(1000)}`;
  const length = random.chance(0.02) ? maxLength : said.length;
  return said.padEnd(length, random.pick(['x', 'é', '한', '👋'])).slice(0, maxLength);
}

/** Any JSON that stays small and nests as far as an honest client's. */
function jsonOf(scene: Scene, depth: number): unknown {
  const { random } = scene;
  const kind = random.below(depth > 0 ? 6 : 4);
  if (kind === 0) return random.pick([null, true, false, 0, -1.5, 1e300]);
  if (kind <= 3) return textOf(scene, 200);
  if (kind === 4) return recordOf(scene, depth - 1);
  return Array.from({ length: random.below(4) }, () => jsonOf(scene, depth - 1));
}

function recordOf(scene: Scene, depth: number): Record<string, unknown> {
  const keys = Array.from({ length: scene.random.below(4) }, (_, index) => `k${index}`);
  return Object.fromEntries(keys.map((key) => [key, jsonOf(scene, depth)]));
}
