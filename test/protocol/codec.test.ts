import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeClientFrame,
  decodeServerFrame,
  encode,
  LIMITS,
  visibleText,
  type ClientMessage,
  type ServerMessage,
} from '../../src/protocol/index.ts';

const name = (max: number) =>
  fc
    .string({ minLength: 1, maxLength: Math.min(max, 40) })
    .filter((text) => /^[ -~]*[!-~][ -~]*$/.test(text));
const time = fc.double({ min: 0, max: LIMITS.timestampMsMax, noNaN: true }).map((ms) => ms + 0);
const position = fc.double({ min: 0, max: LIMITS.positionSecMax, noNaN: true }).map((sec) => sec + 0);
const peer = fc.record({ userId: name(128), displayName: name(64).map(visibleText) });
const roomId = name(128);
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const requestId = fc.option(name(128), { nil: undefined });

const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  fc.record({
    type: fc.constant('room/join' as const),
    requestId,
    payload: fc.record({ roomId, client: peer }),
  }),
  fc.record({ type: fc.constant('room/leave' as const), requestId, payload: fc.record({ roomId }) }),
  fc.record({
    type: fc.constant('chat/send' as const),
    requestId,
    payload: fc.record({ roomId, text: name(2000), id: name(64) }),
  }),
  fc.record({
    type: fc.constant('watch/set_content' as const),
    requestId,
    payload: fc.record({ roomId, contentId: name(4096), meta: json }),
  }),
  fc.record({
    type: fc.constant('watch/playback_state' as const),
    requestId,
    payload: fc.record({
      roomId,
      state: fc.record({ playing: fc.boolean(), positionSec: position, hostTsMs: time }),
      act: fc.constantFrom('play' as const, 'pause' as const, 'seek' as const, 'rate' as const),
    }),
  }),
  fc.record({
    type: fc.constant('webrtc/ice' as const),
    requestId,
    payload: fc.record({ roomId, toUserId: name(128), candidate: fc.oneof(fc.string(), fc.constant(null)) }),
  }),
);

const serverMessage: fc.Arbitrary<ServerMessage> = fc.oneof(
  fc.record({
    type: fc.constant('server/hello' as const),
    payload: fc.record({ v: fc.constant(1 as const), nowMs: time }),
  }),
  fc.record({
    type: fc.constant('room/joined' as const),
    payload: fc.record({ roomId, you: peer, peers: fc.array(peer, { maxLength: 5 }) }),
  }),
  fc.record({
    type: fc.constant('chat/message' as const),
    payload: fc.record({ roomId, from: peer, text: name(2000), tsMs: time }),
  }),
  fc.record({
    type: fc.constant('clock/pong' as const),
    payload: fc.record({ id: fc.nat(), t1Ms: time, t2Ms: time, t3Ms: time }),
  }),
);

const plain = (message: object): unknown => JSON.parse(JSON.stringify(message));

describe('codec', () => {
  it('[ERR-1] no text makes it throw', () => {
    const texts = fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(texts, (text) => {
        decodeClientFrame(text);
        decodeServerFrame(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('[ERR-1] no envelope makes it throw, and a refused one keeps its request id', () => {
    const envelope = fc.record({
      v: fc.oneof(json, fc.constant(1)),
      type: fc.oneof(json, fc.constant('chat/send')),
      payload: json,
    });
    fc.assert(
      fc.property(envelope, (fields) => {
        const frame = decodeClientFrame(JSON.stringify({ ...fields, requestId: 'r' }));
        expect(frame.ok ? frame.message.requestId : frame.error.requestId).toBe('r');
      }),
      { numRuns: 1000 },
    );
  });

  it('[ENV-1] every client message decodes to itself', () => {
    fc.assert(
      fc.property(clientMessage, (message) => {
        expect(decodeClientFrame(encode(message))).toEqual({ ok: true, message: plain(message) });
      }),
      { numRuns: 500 },
    );
  });

  it('[ENV-1] every server message decodes to itself', () => {
    fc.assert(
      fc.property(serverMessage, (message) => {
        expect(decodeServerFrame(encode(message))).toEqual({ ok: true, message: plain(message) });
      }),
      { numRuns: 500 },
    );
  });

  it('[ENV-2] unknown fields are dropped, in envelope and payload', () => {
    const text = JSON.stringify({ v: 1, type: 'room/leave', extra: 1, payload: { roomId: 'a', more: [2] } });
    expect(decodeClientFrame(text)).toEqual({
      ok: true,
      message: { type: 'room/leave', payload: { roomId: 'a' } },
    });
  });

  it.each(['constructor', '__proto__', 'toString', 'room/joined', ''])(
    '[ERR-1] the type %j is unknown to a server',
    (type) => {
      const frame = decodeClientFrame(JSON.stringify({ v: 1, type, payload: {} }));
      expect(frame).toMatchObject({ ok: false, error: { unknownType: true } });
    },
  );

  it.each([
    ['a blank name', { roomId: 'a', client: { userId: 'u', displayName: ' ' } }],
    ['a name with a control character', { roomId: 'a', client: { userId: 'u', displayName: 'a\u0007' } }],
    [
      'a name that turns the reading direction',
      { roomId: 'a', client: { userId: 'u', displayName: '\u202eada' } },
    ],
    ['a room id too long', { roomId: 'a'.repeat(129), client: { userId: 'u', displayName: 'U' } }],
    ['no client', { roomId: 'a' }],
  ])('[ERR-1] refuses %s', (_title, payload) => {
    expect(decodeClientFrame(JSON.stringify({ v: 1, type: 'room/join', payload })).ok).toBe(false);
  });

  it('[PEER-1] what is off in a list costs a client that item, not the message', () => {
    const ana = { userId: 'ana', displayName: 'Ana' };
    const told = (type: string, payload: object) => {
      const frame = decodeServerFrame(JSON.stringify({ v: 1, type, payload: { roomId: 'a', ...payload } }));
      return frame.ok ? frame.message.payload : frame.error;
    };
    const odd = { ...ana, userId: 'odd', displayName: '\u2800', report: { state: 'dreaming' }, media: 7 };
    expect(told('room/joined', { you: odd, peers: [ana, { displayName: 'No one' }, odd] })).toMatchObject({
      you: { userId: 'odd', displayName: 'Somebody' },
      peers: [ana, { userId: 'odd', displayName: 'Somebody' }],
    });
    const line = { id: '1', from: ana, text: 'hi', tsMs: 1 };
    const notice = { id: 'n', tsMs: 1, kind: 'joined', about: ana };
    const messages = [{ ...line, text: '' }, line];
    const notices = [{ ...notice, kind: 'married' }, notice];
    expect(told('chat/history', { messages, notices })).toMatchObject({
      messages: [line],
      notices: [notice],
    });
    const members = [
      { userId: 'ana', state: 'dreaming' },
      { userId: 'ben', state: 'ready' },
    ];
    expect(told('member/states', { members })).toMatchObject({ members: [members[1]] });
  });
});
