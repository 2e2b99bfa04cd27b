import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeClientFrame, decodeServerFrame } from '../../src/protocol/index.ts';
import { honestPayload } from '../fuzz/honest.ts';
import { nested, placesIn, withTextAt } from '../fuzz/nested.ts';
import { Random } from '../fuzz/random.ts';
import { roomsOf } from '../fuzz/scene.ts';
import { CLIENT_SHAPES, SERVER_SHAPES } from '../fuzz/shapes.ts';
import { WIDE_PLACES, WIDE_SHAPES } from './wide-frames.ts';

const SIDES = [
  { side: 'client', decode: decodeClientFrame, shapes: CLIENT_SHAPES },
  { side: 'server', decode: decodeServerFrame, shapes: SERVER_SHAPES },
] as const;
const TYPES = SIDES.flatMap(({ side, decode, shapes }) =>
  [...shapes.keys()].map((type) => ({ title: `${type} of a ${side}`, type, decode, shapes })),
);
const DEEPEST = 32_000;
const OPENINGS = ['[', '{"a":', '[{"a":'] as const;

/** A message of this type, its optional fields there or not as the seed has it. */
function honest({ type, shapes }: (typeof TYPES)[number], seed: number): object {
  const [room] = roomsOf(1);
  if (!room) throw new Error('unreachable');
  const scene = {
    random: new Random(seed),
    room,
    userId: 'ada',
    resumeToken: 't'.repeat(20),
    users: ['ada', 'bob'],
  };
  return { v: 1, type, requestId: 'r', payload: honestPayload(type, scene, shapes) };
}

describe('JSON of any depth', () => {
  it.each(TYPES)('[ERR-1] is read or refused in every place of $title', (each) => {
    for (let seed = 0; seed < 2; seed += 1) {
      const message = honest(each, seed);
      for (const place of placesIn(message)) {
        const text = withTextAt(message, place, nested(DEEPEST, '['));
        expect(each.decode(text).ok, place.join('.')).toBeTypeOf('boolean');
      }
    }
  });

  const anyDepth = fc.oneof(fc.nat({ max: DEEPEST }), fc.nat({ max: 200 }));
  const anyNested = fc.record({
    each: fc.constantFrom(...TYPES),
    seed: fc.nat(),
    place: fc.nat(),
    depth: anyDepth,
    open: fc.constantFrom(...OPENINGS),
    times: fc.constantFrom(1, 1, 2, 5),
  });

  it('[ERR-1] is read or refused, and a refusal names the request', () => {
    fc.assert(
      fc.property(anyNested, ({ each, seed, place, depth, open, times }) => {
        const message = honest(each, seed);
        const places = placesIn(message).filter(([first]) => first !== 'requestId');
        const path = places[place % places.length] ?? [];
        const frame = each.decode(withTextAt(message, path, nested(depth, open, times)));
        expect(frame.ok ? frame.message.requestId : frame.error.requestId).toBe('r');
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a frame costs', () => {
  afterEach(() => vi.restoreAllMocks());

  /** Levels of a frame that no honest client sends, which nothing recursive may see. */
  const TOO_DEEP = 1000;
  /** Values that are looked at one by one; what is passed on unread may have 1024. */
  const MOST_READS = 3 * 1024;
  const CHARS = 46_000;

  it.each(Object.entries(WIDE_PLACES))(
    '[ERR-1] too deep a frame is refused before it is written again: %s',
    (_, at) => {
      const text = at(nested(TOO_DEEP, '[', 5));
      const written = vi.spyOn(JSON, 'stringify');
      expect(decodeClientFrame(text).ok).toBe(false);
      expect(written).not.toHaveBeenCalled();
    },
  );

  it('[LIM-1] a frame of more values than any honest one is refused by its request without being parsed', () => {
    const payload = { roomId: 'r', contentId: 'c', meta: Array.from({ length: 5000 }, () => 0) };
    const text = JSON.stringify({ v: 1, type: 'watch/set_content', payload, requestId: 'r"1\\' });
    const parsed = vi.spyOn(JSON, 'parse');
    expect(decodeClientFrame(text)).toMatchObject({ ok: false, error: { requestId: 'r"1\\' } });
    expect(parsed.mock.calls.every(([given]) => given.length < 200)).toBe(true);
  });

  it('[LIM-1] the words of a chat are no values, whatever they are', () => {
    const text = '[{,'.repeat(600);
    const message = { v: 1, type: 'chat/send', payload: { roomId: 'r', text } };
    expect(decodeClientFrame(JSON.stringify(message)).ok).toBe(true);
  });

  const wide = WIDE_SHAPES.flatMap(({ name, make }) =>
    Object.entries(WIDE_PLACES).map(([place, at]) => ({ name, place, text: at(make(CHARS)) })),
  );

  it.each(wide)('[ERR-1] $name in $place: no more values are read than an honest frame has', ({ text }) => {
    const parse = JSON.parse;
    let reads = 0;
    vi.spyOn(JSON, 'parse').mockImplementation((given) => counted(parse(given), () => (reads += 1)));
    decodeClientFrame(text);
    expect(reads).toBeLessThanOrEqual(MOST_READS);
  });
});

/** The same value, telling each time that one of the values in it is read. */
function counted(value: unknown, read: () => void): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key, receiver) {
      if (Object.hasOwn(target, key) && key !== 'length') read();
      return counted(Reflect.get(target, key, receiver), read);
    },
  });
}
