import { describe, expect, it } from 'vitest';
import type { RoomState } from '../../src/server/rooms/state.ts';
import { ALL_CAPS, joinPayload, ROOM, state, virtualHub, type FakeClient, type Wire } from './support.ts';

type State = Record<string, unknown> & { held?: { waitingFor: string[] }; seq?: number };

/** Ada, Bob and Cyd can hold, Tim knows timelines, and Vic knows v1; the host is Ada. */
function party() {
  const hub = virtualHub();
  const [ada, bob, cyd] = ['ada', 'bob', 'cyd'].map((name) => hub.client(name, { caps: ALL_CAPS }));
  if (!ada || !bob || !cyd) throw new Error('unreachable');
  const tim = hub.client('tim', { caps: ['timeline'] });
  const vic = hub.client('vic');
  const all = [ada, bob, cyd, tim, vic];
  const hush = () => all.forEach((one) => one.take());
  /** Only the three who hold. */
  const readyAll = (seq: number) => [ada, bob, cyd].forEach((one) => ready(one, seq));
  hush();
  return { ...hub, ada, bob, cyd, tim, vic, hush, readyAll };
}

const act = (kind: string | undefined, extra: Record<string, unknown> = {}, baseSeq?: number) => ({
  ...state(extra),
  ...(kind && { act: kind }),
  ...(baseSeq !== undefined && { baseSeq }),
});
const tellAct = (one: FakeClient, ...of: Parameters<typeof act>) =>
  one.tell('watch/playback_state', act(...of));
const ready = (one: FakeClient, seq: number) => one.tell('watch/ready', { roomId: ROOM, seq });
const is = (one: FakeClient, how: string, extra: Record<string, unknown> = {}) =>
  one.tell('member/state', { roomId: ROOM, state: how, ...extra });
const statesIn = (told: Wire[]) =>
  told.filter(({ type }) => type === 'watch/playback_state').map(({ payload }) => payload.state as State);
const states = (one: FakeClient) => statesIn(one.take());
const lastState = (one: FakeClient) => states(one).at(-1);
const unauthorized = { type: 'error', payload: { code: 'unauthorized' } };

describe('the begin of a hold', () => {
  it('[HOLD-1] [HOLD-2] a start waits for all who can, and everybody is told in its own words', () => {
    const { ada, bob, tim, vic, time } = party();
    const answer = ada.ask('watch/playback_state', act('play', { hostTsMs: time.nowMs - 40 }));
    expect(answer).toMatchObject({ type: 'ack', payload: { seq: 1 } });
    const held = { reason: 'start', waitingFor: ['ada', 'bob', 'cyd'], untilServerMs: time.nowMs + 4000 };
    for (const one of [ada, bob]) {
      expect(states(one)).toEqual([
        { playing: true, positionSec: 10, hostTsMs: time.nowMs - 40, rate: 1, seq: 1, held },
      ]);
    }
    expect(states(tim)).toMatchObject([{ playing: false, positionSec: 10, seq: 1 }]);
    expect(states(vic)).toEqual([{ playing: false, positionSec: 10, hostTsMs: time.nowMs }]);
  });

  it.each([
    ['a seek', 'seek', {}],
    ['a whole state', undefined, {}],
    ['play on another film', 'play', { contentId: 'next' }],
  ])('[HOLD-1] %s in a film that runs is held', (_title, kind, extra) => {
    const { ada, bob, vic } = party();
    tellAct(vic, undefined, { contentId: 'film' });
    bob.take();
    tellAct(ada, kind, extra);
    expect(lastState(bob)).toMatchObject({ held: { reason: 'start' } });
  });

  it.each([
    ['play in a film that runs', 'play', {}],
    ['another rate', 'rate', { rate: 1.5 }],
    ['pause', 'pause', { playing: false }],
    ['a seek in a paused film', 'seek', { playing: false }],
  ])('[HOLD-1] %s is not', (_title, kind, extra) => {
    const { ada, bob, vic } = party();
    tellAct(vic, undefined);
    bob.take();
    tellAct(ada, kind, extra);
    const told = lastState(bob);
    expect(told).toMatchObject({ seq: 2, ...extra });
    expect(told).not.toHaveProperty('held');
  });

  it('[HOLD-1] what a member without the cap starts runs at once', () => {
    const { ada, tim, vic } = party();
    tellAct(vic, undefined);
    expect(lastState(ada)).not.toHaveProperty('held');
    tellAct(tim, 'seek', { positionSec: 90 });
    const told = lastState(ada);
    expect(told).toMatchObject({ positionSec: 90, playing: true });
    expect(told).not.toHaveProperty('held');
    expect(lastState(vic)).toMatchObject({ playing: true });
  });

  it.each(['ad', 'blocked', 'away', 'no_video'])('[HOLD-1] who is in state %s is not waited for', (how) => {
    const { ada, bob, cyd, hush } = party();
    is(bob, how);
    is(cyd, 'hidden');
    hush();
    tellAct(ada, 'play');
    expect(lastState(bob)?.held?.waitingFor).toEqual(['ada', 'cyd']);
    // Nor does what it starts itself wait for the others.
    tellAct(bob, 'seek', { positionSec: 70 });
    expect(lastState(ada)).not.toHaveProperty('held');
  });

  it('[HOLD-1] nobody starts together with himself', () => {
    const { ada, bob, cyd, vic, hush } = party();
    is(bob, 'away');
    cyd.drop();
    hush();
    tellAct(ada, 'play');
    expect(lastState(ada)).not.toHaveProperty('held');
    expect(lastState(vic)).toMatchObject({ playing: true });
  });

  it('[CAP-4] cap hold without cap timeline is none', () => {
    const { client } = virtualHub();
    const ada = client('ada', { caps: ['timeline', 'hold'] });
    const bob = client('bob', { caps: ['hold'] });
    tellAct(ada, 'play');
    expect(states(bob)).toEqual([expect.not.objectContaining({ seq: 1 })]);
    expect(lastState(ada)).not.toHaveProperty('held');
  });
});

describe('the release of a hold', () => {
  it('[HOLD-3] [HOLD-4] when all are ready: told at once with a moment to come, to plain v1 at that moment', () => {
    const { ada, bob, tim, vic, time, hush, readyAll } = party();
    is(ada, 'ready', { rttMs: 30 });
    is(bob, 'ready', { rttMs: 250 });
    tellAct(ada, 'play');
    hush();
    time.pass(120);
    readyAll(1);
    // Cyd's round trip is unknown and counts as 200 ms, less than Bob's.
    const startMs = time.nowMs + 350;
    const opened = { playing: true, positionSec: 10, hostTsMs: startMs, rate: 1, seq: 2 };
    for (const one of [ada, bob, tim]) {
      expect(one.take().filter(({ type }) => type === 'watch/playback_state')).toEqual([
        {
          v: 1,
          type: 'watch/playback_state',
          payload: { roomId: ROOM, state: opened, serverTsMs: time.nowMs, fromUserId: 'ada' },
        },
      ]);
    }
    time.pass(349);
    expect(vic.take()).toEqual([]);
    time.pass(1);
    expect(states(vic)).toEqual([{ playing: true, positionSec: 10, hostTsMs: startMs }]);
    time.pass(60_000);
    expect([ada, bob, tim, vic].flatMap(states)).toEqual([]);
  });

  it('[HOLD-3] ready for another seq is acked and does not count', () => {
    const { ada, bob, cyd, hush } = party();
    tellAct(ada, 'play');
    tellAct(ada, 'seek', { positionSec: 60 });
    ready(ada, 2);
    ready(bob, 2);
    hush();
    for (const seq of [0, 1, 3]) {
      expect(cyd.ask('watch/ready', { roomId: ROOM, seq })).toMatchObject({ payload: { seq: 2 } });
    }
    expect(states(ada)).toEqual([]);
    ready(cyd, 2);
    expect(lastState(ada)).toMatchObject({ seq: 3, positionSec: 60, playing: true });
    // And when nothing is held it is only acked.
    expect(cyd.ask('watch/ready', { roomId: ROOM, seq: 3 })).toMatchObject({ type: 'ack' });
    expect(states(ada)).toEqual([]);
  });

  it.each([
    ['leaves', (bob: FakeClient) => bob.tell('room/leave', { roomId: ROOM })],
    ['is lost', (bob: FakeClient) => bob.drop()],
    ['has an ad', (bob: FakeClient) => is(bob, 'ad')],
    ['is away', (bob: FakeClient) => is(bob, 'away')],
  ])('[HOLD-5] the last one missing %s', (_title, goes) => {
    const { ada, bob, cyd, hush } = party();
    tellAct(ada, 'play');
    ready(ada, 1);
    ready(cyd, 1);
    hush();
    is(bob, 'buffering');
    expect(states(ada)).toEqual([]);
    goes(bob);
    const told = lastState(ada);
    expect(told).toMatchObject({ seq: 2, playing: true });
    expect(told).not.toHaveProperty('held');
  });

  it('[HOLD-5] [JOIN-3] the last one missing joins again without the cap', () => {
    const { ada, bob, cyd, hush } = party();
    tellAct(ada, 'play');
    ready(ada, 1);
    ready(cyd, 1);
    hush();
    bob.tell('room/join', joinPayload('bob', { caps: ['timeline'] }));
    expect(states(ada)).toMatchObject([{ seq: 2 }]);
  });

  it('A room that ends before the start leaves no timer behind.', () => {
    const { client, time } = virtualHub({ limits: { roomGraceMs: 0 } });
    const both = ['ada', 'bob'].map((name) => client(name, { caps: ALL_CAPS }));
    if (both[0]) tellAct(both[0], 'play');
    for (const one of both) one.tell('room/leave', { roomId: ROOM });
    time.pass(0);
    expect(time.timers).toBe(0);
  });

  it('[HOLD-5] after 4 s at the latest', () => {
    const { ada, bob, vic, time, hush } = party();
    tellAct(ada, 'play');
    ready(ada, 1);
    time.pass(3999);
    expect(lastState(bob)).toHaveProperty('held');
    hush();
    time.pass(1);
    expect(states(bob)).toEqual([
      { playing: true, positionSec: 10, hostTsMs: time.nowMs + 300, rate: 1, seq: 2 },
    ]);
    time.pass(300);
    expect(states(vic)).toMatchObject([{ playing: true }]);
  });

  it('[HOLD-13] 12 s for who is on the way to the film, and no longer', () => {
    const { ada, bob, cyd, time, hush } = party();
    tellAct(ada, undefined, { contentId: 'next' });
    is(bob, 'coming');
    ready(ada, 2);
    ready(cyd, 2);
    time.pass(1000);
    expect(lastState(ada)).toMatchObject({
      held: { waitingFor: ['bob'], untilServerMs: time.nowMs + 11_000 },
    });
    time.pass(10_999);
    hush();
    time.pass(1);
    expect(lastState(ada)).not.toHaveProperty('held');
  });

  it('[HOLD-13] not for who turns out to stay away', () => {
    const { ada, bob, cyd } = party();
    tellAct(ada, undefined, { contentId: 'next' });
    is(bob, 'coming');
    ready(ada, 2);
    ready(cyd, 2);
    is(bob, 'away');
    expect(lastState(ada)).not.toHaveProperty('held');
  });

  it('[HOLD-5] who comes meanwhile is told the hold, and is not waited for', () => {
    const { client, ada, time, readyAll } = party();
    tellAct(ada, 'play');
    const dan = client('dan', { caps: ALL_CAPS });
    const wim = client('wim');
    expect(states(dan)).toMatchObject([
      { playing: true, positionSec: 10, held: { waitingFor: ['ada', 'bob', 'cyd'] } },
    ]);
    expect(states(wim)).toMatchObject([{ playing: false, positionSec: 10 }]);
    readyAll(1);
    expect(states(dan)).toMatchObject([{ playing: true, seq: 2 }]);
    time.pass(300);
    expect(states(wim)).toMatchObject([{ playing: true, hostTsMs: time.nowMs }]);
  });

  it('[HOLD-4] who comes before the start is told the moment, in plain v1 when it is there', () => {
    const { client, ada, time, readyAll } = party();
    tellAct(ada, 'play');
    readyAll(1);
    const startMs = time.nowMs + 300;
    time.pass(200);
    const dan = client('dan', { caps: ALL_CAPS });
    const wim = client('wim');
    expect(states(dan)).toMatchObject([{ playing: true, positionSec: 10, hostTsMs: startMs, seq: 2 }]);
    expect(states(wim)).toEqual([{ playing: false, positionSec: 10, hostTsMs: time.nowMs }]);
    time.pass(100);
    expect(states(wim)).toEqual([{ playing: true, positionSec: 10, hostTsMs: startMs }]);
    time.pass(1000);
    const xia = client('xia');
    expect(states(xia)).toEqual([{ playing: true, positionSec: 11, hostTsMs: time.nowMs }]);
  });

  it('[HOLD-6] fewer waited for are told at most once a second, and not in the first', () => {
    const { ada, bob, vic, time, hush } = party();
    tellAct(ada, 'play');
    hush();
    ready(ada, 1);
    time.pass(400);
    ready(bob, 1);
    time.pass(599);
    expect(states(bob)).toEqual([]);
    time.pass(1);
    expect(states(bob)).toMatchObject([{ seq: 1, held: { waitingFor: ['cyd'] } }]);
    time.pass(2900);
    expect(states(bob)).toEqual([]);
    expect(vic.take()).toEqual([]);
  });
});

describe('acts during a hold', () => {
  it('[HOLD-7] pause ends the hold at that place', () => {
    const { ada, bob, vic, time, hush, readyAll } = party();
    tellAct(ada, 'play');
    hush();
    tellAct(bob, 'pause', { playing: false, positionSec: 11 }, 1);
    expect(states(ada)).toMatchObject([{ playing: false, positionSec: 10, seq: 2 }]);
    hush();
    readyAll(1);
    time.pass(10_000);
    expect([...states(ada), ...states(vic)]).toEqual([]);
  });

  it('[HOLD-7] [HOLD-8] a seek begins a new start at the new place, whatever the standing player says of playing', () => {
    const { ada, bob, cyd, time, hush } = party();
    tellAct(ada, 'play');
    time.pass(3000);
    ready(ada, 1);
    hush();
    tellAct(bob, 'seek', { playing: false, positionSec: 70, hostTsMs: time.nowMs }, 1);
    expect(states(cyd)).toMatchObject([
      {
        playing: true,
        positionSec: 70,
        seq: 2,
        held: { waitingFor: ['ada', 'bob', 'cyd'], untilServerMs: time.nowMs + 4000 },
      },
    ]);
    time.pass(3999);
    expect(states(ada).every(({ held }) => held)).toBe(true);
    time.pass(1);
    expect(states(ada)).toMatchObject([{ seq: 3, positionSec: 70 }]);
  });

  it('[HOLD-7] [HOLD-3] another rate keeps the hold, and who is ready', () => {
    const { ada, bob, cyd, hush, time } = party();
    tellAct(ada, 'play');
    ready(ada, 1);
    hush();
    time.pass(500);
    tellAct(bob, 'rate', { rate: 2, playing: false, positionSec: 3 }, 1);
    expect(states(cyd)).toMatchObject([
      { playing: true, rate: 2, positionSec: 10, seq: 2, held: { waitingFor: ['bob', 'cyd'] } },
    ]);
    ready(bob, 1);
    ready(cyd, 2);
    expect(states(ada).at(-1)).toMatchObject({ rate: 2, positionSec: 10, seq: 3 });
  });

  it('[HOLD-7] a seek of one who cannot start together runs at once, and on', () => {
    const { ada, bob, client, time, hush } = party();
    is(bob, 'away');
    tellAct(ada, 'play');
    hush();
    tellAct(bob, 'seek', { positionSec: 70 });
    expect(lastState(ada)).toMatchObject({ playing: true, positionSec: 70 });
    time.pass(5000);
    expect(lastState(client('late'))).toMatchObject({ playing: true, positionSec: 75 });
    expect(states(ada)).toEqual([]);
  });

  it('[HOLD-7] [TL-5] play that names another content begins that', () => {
    const { ada, bob, hush } = party();
    tellAct(ada, 'play', { contentId: 'film' });
    hush();
    tellAct(bob, 'play', { contentId: 'next', positionSec: 0 });
    expect(lastState(ada)).toMatchObject({ contentId: 'next', positionSec: 0, held: { reason: 'start' } });
  });

  it('[HOLD-7] another content ends it', () => {
    const { ada, bob, time, hush } = party();
    tellAct(ada, 'play');
    bob.tell('watch/set_content', { roomId: ROOM, contentId: 'next' });
    hush();
    time.pass(10_000);
    expect(states(ada)).toEqual([]);
    tellAct(ada, 'play', { positionSec: 0 });
    expect(states(ada)).toMatchObject([{ positionSec: 0, held: { reason: 'start' } }]);
  });

  it.each([true, false])('[HOLD-7] a plain v1 state (playing: %s) replaces the timeline', (playing) => {
    const { ada, vic, time, hush } = party();
    tellAct(ada, 'play');
    hush();
    tellAct(vic, undefined, { playing, positionSec: 33, hostTsMs: time.nowMs });
    const told = states(ada);
    expect(told).toEqual([{ playing, positionSec: 33, hostTsMs: time.nowMs, rate: 1, seq: 2 }]);
    time.pass(10_000);
    expect(states(ada)).toEqual([]);
  });

  it('[HOLD-8] before the start has come: play changes nothing, rate keeps the moment, pause cancels it', () => {
    const { ada, bob, vic, time, hush, readyAll } = party();
    tellAct(ada, 'play');
    readyAll(1);
    const startMs = time.nowMs + 300;
    hush();
    time.pass(100);
    bob.ask('watch/playback_state', act('play', { positionSec: 50 }, 2));
    expect(states(bob)).toMatchObject([{ playing: true, positionSec: 10, hostTsMs: startMs, seq: 2 }]);
    expect(states(ada)).toEqual([]);
    tellAct(bob, 'rate', { rate: 2, positionSec: 50, hostTsMs: time.nowMs }, 2);
    expect(states(ada)).toMatchObject([{ positionSec: 10, hostTsMs: startMs, rate: 2, seq: 3 }]);
    expect(states(vic)).toMatchObject([{ playing: false, positionSec: 10 }]);
    tellAct(bob, 'pause', { playing: false, positionSec: 50 }, 3);
    expect(states(vic)).toMatchObject([{ playing: false, positionSec: 10 }]);
    time.pass(10_000);
    expect(vic.take()).toEqual([]);
  });

  it('[HOLD-4] [TL-8] a plain v1 member is not told a faster film before it runs', () => {
    const { ada, vic, time, hush, readyAll } = party();
    tellAct(vic, undefined);
    tellAct(ada, 'rate', { rate: 2, hostTsMs: time.nowMs });
    time.pass(1000);
    tellAct(ada, 'seek', { rate: 2, positionSec: 100, hostTsMs: time.nowMs });
    hush();
    time.pass(3000);
    expect(vic.take()).toEqual([]);
    readyAll(3);
    time.pass(300);
    expect(states(vic)).toMatchObject([{ playing: true, positionSec: 100 }]);
    time.pass(2000);
    expect(states(vic)).toMatchObject([{ playing: true, positionSec: 104 }]);
  });
});

describe('a release before all are ready', () => {
  it('[HOLD-9] opens at once', () => {
    const { ada, bob, hush } = party();
    tellAct(ada, 'play');
    hush();
    expect(bob.ask('watch/go_on', { roomId: ROOM })).toMatchObject({ type: 'ack', payload: { seq: 2 } });
    expect(states(ada)).toMatchObject([{ playing: true, positionSec: 10, seq: 2 }]);
    bob.take();
    expect(bob.ask('watch/go_on', { roomId: ROOM })).toMatchObject({ payload: { seq: 2 } });
    expect([...states(ada), ...states(bob)]).toEqual([]);
  });

  it.each(['cyd', 'tim'] as const)('[HOLD-9] so does play, of %s', (who) => {
    const { [who]: one, ada, vic, time, hush } = party();
    tellAct(ada, 'play');
    hush();
    expect(one.ask('watch/playback_state', act('play', { positionSec: 55 }, 1)).payload.seq).toBe(2);
    expect(states(ada)).toEqual([
      { playing: true, positionSec: 10, hostTsMs: time.nowMs + 300, rate: 1, seq: 2 },
    ]);
    expect(states(one)).toMatchObject([{ seq: 2 }]);
    time.pass(300);
    expect(states(vic)).toMatchObject([{ playing: true, positionSec: 10 }]);
  });

  it('[HOLD-9] [ROLE-3] is for who controls playback', () => {
    const { ada, bob, hush } = party();
    ada.tell('room/set_control', { roomId: ROOM, control: 'host' });
    tellAct(ada, 'play');
    hush();
    expect(bob.ask('watch/go_on', { roomId: ROOM })).toMatchObject(unauthorized);
    expect(states(ada)).toEqual([]);
    expect(bob.ask('watch/ready', { roomId: ROOM, seq: 1 }).type).toBe('ack');
    expect(ada.ask('watch/go_on', { roomId: ROOM }).type).toBe('ack');
    expect(states(ada)).toHaveLength(1);
  });
});

describe('a hold whose server dies', () => {
  const keeping = () => {
    const kept: { room?: RoomState } = {};
    const store = {
      load: () => structuredClone(kept.room),
      save: (_id: string, room: RoomState) => void (kept.room = structuredClone(room)),
      remove: () => undefined,
    };
    return { kept, store };
  };

  it('A change by a timer is stored.', () => {
    const { kept, store } = keeping();
    const { client, time } = virtualHub({ store });
    const [ada] = ['ada', 'bob'].map((name) => client(name, { caps: ALL_CAPS }));
    if (ada) tellAct(ada, 'play');
    time.pass(4000);
    expect(kept.room?.timeline).toMatchObject({ seq: 2, atServerMs: time.nowMs + 300 });
  });

  it('[HOLD-12] is over when the room is taken up again', () => {
    const { store } = keeping();
    const before = virtualHub({ store });
    const ada = before.client('ada', { caps: ALL_CAPS });
    before.client('bob', { caps: ALL_CAPS });
    ada.tell('room/set_wait_policy', { roomId: ROOM, waitPolicy: 'wait' });
    tellAct(ada, 'play');
    expect(lastState(ada)).toHaveProperty('held');

    const after = virtualHub({ store });
    after.time.pass(20_000);
    const cyd = after.client();
    cyd.take();
    cyd.tell('room/join', joinPayload('cyd', { caps: ALL_CAPS }));
    const told = cyd.take();
    expect(told[0]?.payload).toMatchObject({ waitPolicy: 'wait' });
    expect(statesIn(told)).toEqual([
      { playing: true, positionSec: 10, hostTsMs: after.time.nowMs, rate: 1, seq: 2 },
    ]);
  });

  it('[RES-8] a newer memory of the room ends a hold', () => {
    const { client, time } = virtualHub();
    const snapshot = (seq: number) => ({
      caps: ALL_CAPS,
      snapshot: { epoch: 'e', seq, playback: { playing: true, positionSec: 5, rate: 1, ageMs: 0 } },
    });
    const ada = client('ada', snapshot(4));
    is(ada, 'ready');
    ada.tell('room/set_wait_policy', { roomId: ROOM, waitPolicy: 'wait' });
    is(ada, 'buffering');
    time.pass(700);
    expect(lastState(ada)).toMatchObject({ seq: 5, held: { reason: 'stall' } });
    client('bob', snapshot(9));
    expect(lastState(ada)).toEqual({ playing: true, positionSec: 5, hostTsMs: time.nowMs, rate: 1, seq: 9 });
  });
});
