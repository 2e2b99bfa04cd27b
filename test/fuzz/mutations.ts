import { LIMITS } from '../../src/protocol/index.ts';
import { clientFrame, fragments, OPCODE } from './frames.ts';
import type { Envelope } from './honest.ts';
import { nested, placesIn, withTextAt } from './nested.ts';
import { dueFor, textPiece, type Piece } from './piece.ts';
import type { Random } from './random.ts';

/** How far the deepest nests; the frame's size bounds it besides. */
export interface MutationOptions {
  depth: number;
}
type Mutation = (message: Envelope, random: Random, options: MutationOptions) => Piece;

const JUNK: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  0.1,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  [],
  {},
  [[]],
  { length: 5 },
  '__proto__',
  'constructor',
  'x'.repeat(5000),
];
const ODD_TEXT = [
  '\u0000',
  '\u0001'.repeat(200),
  '\ud800',
  '\udc00\ud800',
  '\u202e\u2066abc',
  '\u200b',
  '\ufeff',
  '\u2028\u2029',
  'e\u0301'.repeat(50),
  '👩‍👩‍👧‍👦'.repeat(20),
  '\uffff',
  '"\\u0000\\',
];
const FREE = ['meta', 'sdp', 'candidate'];
const RESERVED_BITS = 0x70;
const ROOM_FOR_ENVELOPE = 4096;

const replaced = (message: Envelope, random: Random, text: string) =>
  withTextAt(message, random.pick(placesIn(message)), text);

const wrongValue: Mutation = (message, random) =>
  textPiece('wrong value', replaced(message, random, JSON.stringify(random.pick(JUNK))));

const oddText: Mutation = (message, random) =>
  textPiece('odd text', replaced(message, random, JSON.stringify(random.pick(ODD_TEXT))));

const missing: Mutation = (message, random) => {
  const copy = structuredClone(message) as unknown as Record<string, unknown>;
  const path = random.pick(placesIn(message));
  let inside: unknown = copy;
  for (const key of path.slice(0, -1)) inside = (inside as Record<string, unknown>)[key];
  Reflect.deleteProperty(inside as object, path.at(-1) ?? '');
  return textPiece('missing field', JSON.stringify(copy));
};

const extra: Mutation = (message, random) => {
  const key = random.pick(['__proto__', 'constructor', 'toJSON', 'then', 'v', 'requestId', 'type']);
  const text = JSON.stringify(message);
  return textPiece(
    'extra field',
    `${text.slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(random.pick(JUNK))}}`,
  );
};

const deep: Mutation = (message, random, options) => {
  const open = random.pick(['[', '{"a":', '[{"a":'] as const);
  const levels = random.chance(0.3) ? options.depth : random.magnitude(options.depth);
  const charsPerLevel = open === '[' ? 2 : open === '{"a":' ? 6 : 4;
  const room = LIMITS.frameBytes - ROOM_FOR_ENVELOPE;
  const depth = Math.min(levels, Math.floor(room / charsPerLevel));
  const times = random.chance(0.2)
    ? Math.max(1, Math.min(5, Math.floor(room / (depth * charsPerLevel + 2))))
    : 1;
  const places = placesIn(message);
  // Where any JSON may stand, the schema does not stop it.
  const free = places.filter((path) => FREE.includes(path.at(-1) ?? ''));
  const place = random.pick(free.length > 0 && random.chance(0.7) ? free : places);
  return textPiece('deep', withTextAt(message, place, nested(depth, open, times)));
};

const sized: Mutation = (message, random) => {
  const bytes = random.pick([65_535, 65_536, 65_537, 70_000, 100_000, 20_000]);
  const text = JSON.stringify({ ...message, padding: '' });
  const padding = 'x'.repeat(Math.max(0, bytes - Buffer.byteLength(text)));
  return textPiece('large', text.replace('"padding":""', `"padding":"${padding}"`));
};

const cut: Mutation = (message, random) => {
  const text = JSON.stringify(message);
  return textPiece('cut', text.slice(0, random.below(text.length)));
};

const rubbish: Mutation = (_message, random) =>
  textPiece(
    'rubbish',
    random.pick(['', '{', 'null', '[]', '"x"', '{}', '1e999', 'NaN', '\u0000', '{"v":1}']),
  );

const binary: Mutation = (message, random) => {
  const payload = random.chance(0.5)
    ? Buffer.from(JSON.stringify(message))
    : Buffer.alloc(random.magnitude(2000), 0xc3);
  const due = payload.length > LIMITS.frameBytes ? 'close' : 'unnamed';
  return { kind: 'binary', frames: [clientFrame(payload, OPCODE.binary)], due };
};

const notUtf8: Mutation = (message) => {
  const payload = Buffer.from(JSON.stringify(message));
  payload[payload.length - 3] = 0xff;
  return { kind: 'not UTF-8', frames: [clientFrame(payload, OPCODE.text)], due: 'close', mayEnd: true };
};

const againstRfc: Mutation = (_message, random) => {
  const frame = clientFrame(Buffer.from('x'), random.pick([3, 7, 11, OPCODE.continuation]));
  if (random.chance(0.5)) frame[0] = (frame[0] ?? 0) | RESERVED_BITS;
  return { kind: 'against RFC 6455', frames: [frame], due: 'close', mayEnd: true };
};

const control: Mutation = (_message, random) => {
  const payload = Buffer.alloc(random.below(126), 1);
  return {
    kind: 'ping or pong',
    frames: [clientFrame(payload, random.pick([OPCODE.ping, OPCODE.pong]))],
    due: 'nothing',
  };
};

const inFragments: Mutation = (message, random) => {
  const text = JSON.stringify(message);
  const frames = fragments(Buffer.from(text), 2 + random.below(30));
  // Control frames may come between fragments (RFC 6455 §5.4).
  if (random.chance(0.3)) frames.splice(1, 0, clientFrame(Buffer.from('?'), OPCODE.ping));
  return { kind: 'fragments', frames, due: dueFor(text), ...(random.chance(0.5) && { slowly: true }) };
};

const inManyFragments: Mutation = (message, random) => {
  const text = JSON.stringify(message);
  const frames = fragments(Buffer.from(text), 100 + random.below(2000));
  return { kind: 'many fragments', frames: [Buffer.concat(frames)], due: dueFor(text), mayEnd: true };
};

const unfinished: Mutation = (message, random) => {
  const frames = fragments(Buffer.from(JSON.stringify(message)), 2 + random.below(300)).slice(0, -1);
  return { kind: 'unfinished', frames, due: 'nothing', mayEnd: true, thenDrop: true };
};

const inPieces: Mutation = (message, random) => {
  const text = JSON.stringify(message);
  const [frame = Buffer.alloc(0)] = textPiece('', text).frames;
  const at = random.below(frame.length);
  return {
    kind: 'split',
    frames: [frame.subarray(0, at), frame.subarray(at)],
    due: dueFor(text),
    slowly: true,
  };
};

/** What is done to a message, and how often. */
export const MUTATIONS: readonly (readonly [weight: number, mutation: Mutation])[] = [
  [12, wrongValue],
  [8, oddText],
  [6, missing],
  [4, extra],
  [6, deep],
  [0.5, sized],
  [4, cut],
  [3, rubbish],
  [3, binary],
  [0.3, notUtf8],
  [0.3, againstRfc],
  [2, control],
  [4, inFragments],
  [0.5, inManyFragments],
  [0.3, unfinished],
  [3, inPieces],
];
