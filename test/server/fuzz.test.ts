import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeServerFrame, type ServerType } from '../../src/protocol/index.ts';
import { ALL_CAPS, FakeClient, joinPayload, virtualHub, type Wire } from './support.ts';

const V1_TYPES = new Set<string>([
  'server/hello',
  'room/joined',
  'room/peer_joined',
  'room/peer_left',
  'chat/message',
  'watch/content',
  'watch/playback_state',
  'webrtc/offer',
  'webrtc/answer',
  'webrtc/ice',
  'ack',
  'error',
] satisfies ServerType[]);

const roomId = fc.constantFrom('r1', 'r2');
const userId = fc.constantFrom('ada', 'bob', 'cyd', '__proto__');
const contentId = fc.constantFrom('film', 'next');
const seq = fc.nat({ max: 12 });
const act = fc.option(fc.constantFrom('play', 'pause', 'seek', 'rate'), { nil: undefined });
const message = (type: string, fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ type: fc.constant(type), payload: fc.record({ roomId, ...fields }) });

const anyMessage = fc.oneof(
  message('room/leave', {}),
  message('chat/send', { text: fc.constant('hi'), id: fc.constantFrom('a', 'b', 'c') }),
  message('chat/restore', {
    messages: fc.constant([{ id: 'z', text: 'old', tsMs: 5 }]),
  }),
  message('watch/set_content', { contentId, baseSeq: fc.option(seq, { nil: undefined }) }),
  message('watch/playback_state', {
    state: fc.record({
      playing: fc.boolean(),
      positionSec: fc.constantFrom(0, 5, 1e10),
      hostTsMs: fc.constantFrom(0, 1_700_000_000_000, 8.64e15),
      contentId: fc.option(contentId, { nil: undefined }),
      rate: fc.constantFrom(1, 2),
    }),
    act,
    baseSeq: fc.option(seq, { nil: undefined }),
  }),
  message('webrtc/ice', { toUserId: userId, candidate: fc.constant(null) }),
  message('member/state', {
    state: fc.constantFrom('ready', 'buffering', 'ad', 'away'),
    driftMs: fc.nat({ max: 3 }),
    rttMs: fc.constantFrom(0, 80, 86_400_000),
  }),
  message('rtc/media', { inCall: fc.boolean(), microphone: fc.boolean(), camera: fc.boolean() }),
  message('rtc/get_ice', {}),
  message('watch/ready', { seq }),
  message('watch/go_on', {}),
  message('room/set_wait_policy', { waitPolicy: fc.constantFrom('go_on', 'wait') }),
  message('room/set_control', { control: fc.constantFrom('everyone', 'host') }),
  message('room/hand_over', { toUserId: userId }),
  message('room/set_lock', { locked: fc.boolean() }),
  message('room/remove', { userId }),
  message('chat/typing', { typing: fc.boolean() }),
  message('chat/react', {
    emoji: fc.constantFrom('👍', '❤️'),
    to: fc.option(fc.record({ userId, id: fc.constantFrom('a', 'b') }), { nil: undefined }),
    on: fc.boolean(),
  }),
);

const join = fc.record({
  userId,
  roomId,
  token: fc.boolean(),
  snapshot: fc.option(fc.record({ seq, ageMs: fc.nat({ max: 9000 }) }), { nil: undefined }),
});

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), plain: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('join' as const), who: fc.nat(), join }) },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('say' as const), who: fc.nat(), message: anyMessage }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drop' as const), who: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 80_000 }) }) },
);

it('[ERR-3] [CAP-1] whatever anybody does, all that is told is sound, and v1 clients hear only v1', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 80 }), (steps) => {
      const { hub, time } = virtualHub();
      const everyone: { client: FakeClient; plain: boolean; tokens: Map<unknown, unknown> }[] = [];
      let live = [...everyone];
      const pick = (who: number) => live[who % live.length];
      const check = () => {
        for (const { client, plain, tokens } of everyone)
          for (const told of client.take()) sound(told, plain, tokens);
      };
      for (const each of steps) {
        if (each.do === 'connect') {
          const one = { client: new FakeClient(hub), plain: each.plain, tokens: new Map() };
          everyone.push(one);
          live.push(one);
        } else if (each.do === 'wait') {
          time.pass(each.ms);
        } else {
          const one = pick(each.who);
          if (!one) continue;
          if (each.do === 'say') one.client.ask(each.message.type, each.message.payload);
          else if (each.do === 'drop') one.client.close(1006, 'gone');
          else one.client.tell('room/join', joinOf(each.join, one));
        }
        live = live.filter(({ client }) => !client.closed);
        check();
      }
      time.pass(LONGEST_HOLDS_MS);
      const late = new FakeClient(hub);
      for (const roomId of ['r1', 'r2'])
        late.tell('room/join', joinPayload('zoe', { roomId, caps: ALL_CAPS }));
      expect(heldIn(late.take())).toEqual([]);
      late.close(1006, 'gone');
      for (const { client } of live) client.close(1006, 'gone');
      time.pass(200_000);
      check();
      expect(hub.stats()).toEqual({ rooms: 0, members: 0, connections: 0 });
      expect(time.timers).toBe(0);
    }),
    { numRuns: 400 },
  );
});

/** A start that times out, and at once a stall that does; then everybody is excused. */
const LONGEST_HOLDS_MS = 40_000;

const heldIn = (told: Wire[]) =>
  told.filter(({ payload }) => (payload.state as { held?: unknown } | undefined)?.held !== undefined);

function joinOf(
  {
    userId,
    roomId,
    token,
    snapshot,
  }: { userId: string; roomId: string; token: boolean; snapshot?: object | undefined },
  { plain, tokens }: { plain: boolean; tokens: Map<unknown, unknown> },
) {
  const v1 = { roomId, client: { userId, displayName: userId } };
  const playback = { playing: true, positionSec: 5, rate: 2 };
  return plain
    ? v1
    : {
        ...v1,
        caps: ALL_CAPS,
        ...(token && { resumeToken: tokens.get(roomId) }),
        ...(snapshot && {
          snapshot: {
            epoch: 'e',
            ...snapshot,
            playback: { ...playback, ...snapshot },
            content: { contentId: 'film' },
          },
        }),
      };
}

function sound(told: Wire, plain: boolean, tokens: Map<unknown, unknown>): void {
  const decoded = decodeServerFrame(JSON.stringify(told));
  expect(decoded).toMatchObject({ ok: true });
  // Nothing may be told that the schema does not know.
  if (decoded.ok) expect(decoded.message.payload).toEqual(told.payload);
  expect(told.payload.code).not.toBe('internal');
  if (plain) {
    expect(V1_TYPES).toContain(told.type);
    expect(heldIn([told])).toEqual([]);
  }
  if (told.type === 'room/joined') {
    const { roomId, you, peers, resumeToken } = told.payload as {
      roomId: string;
      you: { userId: string };
      peers: { userId: string }[];
      resumeToken?: string;
    };
    const names = [you, ...peers].map(({ userId }) => userId);
    expect(new Set(names).size).toBe(names.length);
    if (resumeToken !== undefined) tokens.set(roomId, resumeToken);
  }
}
