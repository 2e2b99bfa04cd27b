import { describe, expect, it } from 'vitest';
import { ALL_CAPS, ROOM, state, virtualHub, type FakeClient } from './support.ts';

type State = Record<string, unknown> & { held?: { reason: string; waitingFor: string[] } };

const is = (one: FakeClient, how: string) => one.tell('member/state', { roomId: ROOM, state: how });
const ready = (one: FakeClient, seq: number) => one.tell('watch/ready', { roomId: ROOM, seq });
const policy = (one: FakeClient, waitPolicy: string) =>
  one.ask('room/set_wait_policy', { roomId: ROOM, waitPolicy });
const states = (one: FakeClient) =>
  one
    .take()
    .filter(({ type }) => type === 'watch/playback_state')
    .map(({ payload }) => payload.state as State);
const holds = (one: FakeClient) => states(one).filter(({ held }) => held);

/** The film runs from 10 s on since now; all three can hold, and Vic, who started it, knows v1. */
function party(waitPolicy = 'wait') {
  const hub = virtualHub();
  const [ada, bob, cyd] = ['ada', 'bob', 'cyd'].map((name) => hub.client(name, { caps: ALL_CAPS }));
  if (!ada || !bob || !cyd) throw new Error('unreachable');
  const vic = hub.client('vic');
  for (const one of [ada, bob, cyd]) is(one, 'ready');
  vic.tell('watch/playback_state', state());
  policy(ada, waitPolicy);
  const hush = () => [ada, bob, cyd, vic].forEach((one) => one.take());
  hush();
  return { ...hub, ada, bob, cyd, vic, hush };
}

describe('the wait policy', () => {
  it('[HOLD-11] is the host’s to set, and told to all', () => {
    const { client } = virtualHub();
    const ada = client('ada', { caps: ALL_CAPS });
    const bob = client('bob', { caps: ALL_CAPS });
    expect(bob.take()[1]?.payload).toMatchObject({ waitPolicy: 'go_on' });
    ada.take();
    expect(policy(bob, 'wait')).toMatchObject({ type: 'error', payload: { code: 'unauthorized' } });
    expect(policy(ada, 'wait').type).toBe('ack');
    expect(bob.take()).toMatchObject([
      { type: 'room/roles', payload: { hostUserId: 'ada', control: 'everyone', waitPolicy: 'wait' } },
      { type: 'chat/notice', payload: { notice: { kind: 'wait_policy', waitPolicy: 'wait' } } },
    ]);
    expect(policy(ada, 'wait').type).toBe('ack');
    expect(bob.take()).toEqual([]);
    expect(client('cyd', { caps: ALL_CAPS }).take()[1]?.payload).toMatchObject({ waitPolicy: 'wait' });
  });

  it('[HOLD-11] under go_on nobody’s stall holds anything', () => {
    const { ada, bob, time } = party('go_on');
    is(bob, 'buffering');
    time.pass(60_000);
    expect(states(ada)).toEqual([]);
  });

  it('[HOLD-11] set to wait it counts who stalls already; set to go_on it opens the hold', () => {
    const { ada, bob, time, hush } = party('go_on');
    is(bob, 'buffering');
    time.pass(5000);
    policy(ada, 'wait');
    time.pass(700);
    expect(holds(bob)).toHaveLength(1);
    hush();
    policy(ada, 'go_on');
    expect(states(bob)).toMatchObject([{ playing: true, positionSec: 15.7, seq: 3 }]);
    time.pass(60_000);
    expect(states(bob)).toEqual([]);
  });
});

describe('a stall', () => {
  it.each(['buffering', 'seeking', 'ad'])('[HOLD-10] of 700 ms (%s) holds the film where it is', (how) => {
    const { ada, bob, vic, time, hush } = party();
    time.pass(1000);
    is(bob, how);
    time.pass(699);
    expect([...states(ada), ...states(vic)]).toEqual([]);
    time.pass(1);
    expect(states(ada)).toEqual([
      {
        playing: true,
        positionSec: 11.7,
        hostTsMs: time.nowMs,
        rate: 1,
        seq: 2,
        held: { reason: 'stall', waitingFor: ['ada', 'bob', 'cyd'], untilServerMs: time.nowMs + 30_000 },
      },
    ]);
    expect(states(vic)).toEqual([{ playing: false, positionSec: 11.7, hostTsMs: time.nowMs }]);
    hush();
    time.pass(29_999);
    expect(states(ada)).toEqual([]);
  });

  it('[HOLD-10] made up for in time holds nothing', () => {
    const { ada, bob, time } = party();
    for (let i = 0; i < 20; i += 1) {
      is(bob, 'buffering');
      time.pass(690);
      is(bob, 'ready');
      time.pass(10);
    }
    expect(states(ada)).toEqual([]);
  });

  it('[HOLD-10] that changes its kind is one stall', () => {
    const { ada, bob, time } = party();
    is(bob, 'seeking');
    time.pass(400);
    is(bob, 'buffering');
    time.pass(300);
    expect(holds(ada)).toHaveLength(1);
  });

  it('[HOLD-10] of two, one after the other, is one hold', () => {
    const { ada, bob, cyd, time } = party();
    is(bob, 'buffering');
    time.pass(300);
    is(cyd, 'buffering');
    time.pass(5000);
    expect(holds(ada)).toMatchObject([{ seq: 2, positionSec: 10.7 }]);
  });

  it('[HOLD-10] opens like a start when everybody is ready', () => {
    const { ada, bob, cyd, vic, time, hush } = party();
    is(bob, 'ad');
    time.pass(700);
    hush();
    ready(ada, 2);
    ready(cyd, 2);
    time.pass(10_000);
    expect(holds(ada)).toMatchObject([{ held: { waitingFor: ['bob'] } }]);
    is(bob, 'ready');
    expect(states(ada)).toEqual([]);
    ready(bob, 2);
    expect(states(ada)).toEqual([
      { playing: true, positionSec: 10.7, hostTsMs: time.nowMs + 300, rate: 1, seq: 3 },
    ]);
    time.pass(300);
    expect(states(vic)).toMatchObject([{ playing: true, positionSec: 10.7 }]);
    time.pass(60_000);
    expect(states(ada)).toEqual([]);
  });

  it.each([
    ['goes on after 30 s', ({ time }: ReturnType<typeof party>) => time.pass(29_000)],
    ['is told to go on', ({ ada }: ReturnType<typeof party>) => ada.tell('watch/go_on', { roomId: ROOM })],
  ])(
    '[HOLD-9] [HOLD-10] when the room %s, who is late is excused until it was ready once',
    (_title, goOn) => {
      const all = party();
      const { ada, bob, cyd, time, hush } = all;
      is(bob, 'buffering');
      time.pass(700);
      ready(ada, 2);
      ready(cyd, 2);
      time.pass(1000);
      hush();
      goOn(all);
      expect(states(ada)).toMatchObject([{ playing: true, positionSec: 10.7, seq: 3 }]);
      is(bob, 'ad');
      is(bob, 'buffering');
      time.pass(60_000);
      expect(states(ada)).toEqual([]);
      // Others still count, and are not made to wait for Bob.
      is(cyd, 'buffering');
      time.pass(700);
      expect(holds(ada)).toMatchObject([{ held: { waitingFor: ['ada', 'cyd'] } }]);
      ada.tell('watch/go_on', { roomId: ROOM });
      hush();
      is(bob, 'ready');
      is(bob, 'buffering');
      time.pass(1000);
      expect(holds(ada)).toMatchObject([{ held: { waitingFor: ['ada', 'bob'] } }]);
    },
  );

  it('[HOLD-14] A member excused twice within ten minutes stays excused for ten times as long.', () => {
    const { ada, bob, time, hush } = party();
    const stall = () => {
      is(bob, 'ready');
      is(bob, 'buffering');
    };
    const isHeldWithin = (ms: number) => {
      hush();
      for (let at = 0; at < ms; at += 100) {
        time.pass(100);
        if (holds(ada).length > 0) return true;
      }
      return false;
    };
    for (const _ of ['first', 'second']) {
      stall();
      expect(isHeldWithin(3000)).toBe(true);
      time.pass(1000);
      ada.tell('watch/go_on', { roomId: ROOM });
    }
    for (let at = 0; at < 11; at += 1) {
      stall();
      expect(isHeldWithin(900)).toBe(false);
    }
    time.pass(100);
    stall();
    expect(isHeldWithin(700)).toBe(true);
  });

  it.each([
    ['is away', (bob: FakeClient) => is(bob, 'away')],
    ['is lost', (bob: FakeClient) => bob.drop()],
    ['leaves', (bob: FakeClient) => bob.tell('room/leave', { roomId: ROOM })],
  ])('[HOLD-5] is over when who stalls %s', (_title, goes) => {
    const { ada, bob, cyd, time, hush } = party();
    is(bob, 'buffering');
    time.pass(300);
    goes(bob);
    time.pass(5000);
    expect(states(ada)).toEqual([]);
    is(cyd, 'buffering');
    time.pass(700);
    ready(ada, 2);
    hush();
    goes(cyd);
    expect(states(ada)).toMatchObject([{ playing: true, seq: 3 }]);
  });

  it('[HOLD-10] of somebody who has just come, or come back, holds nothing', () => {
    const { ada, client, time, hush } = party();
    const dan = client('dan', { caps: ['timeline', 'member_state', 'hold'] });
    is(dan, 'buffering');
    hush();
    time.pass(5000);
    is(dan, 'ready');
    dan.drop();
    const back = client('dan', { caps: ALL_CAPS });
    is(back, 'buffering');
    time.pass(5000);
    expect(states(ada)).toEqual([]);
    is(back, 'ready');
    is(back, 'buffering');
    time.pass(700);
    expect(holds(ada)).toHaveLength(1);
  });

  it('[HOLD-10] counts from the moment the film runs', () => {
    const { ada, bob, cyd, time, hush } = party();
    bob.tell('watch/playback_state', { ...state({ positionSec: 90 }), act: 'seek' });
    is(bob, 'buffering');
    hush();
    time.pass(2000);
    expect(states(ada)).toEqual([]);
    for (const one of [ada, bob, cyd]) ready(one, 2);
    hush();
    time.pass(999);
    expect(states(ada)).toEqual([]);
    time.pass(1);
    expect(holds(ada)).toMatchObject([{ positionSec: 90.7, seq: 4, held: { reason: 'stall' } }]);
  });

  it('[HOLD-10] while the film is paused holds nothing', () => {
    const { ada, bob, time } = party();
    is(bob, 'buffering');
    ada.tell('watch/playback_state', { ...state({ playing: false }), act: 'pause' });
    ada.take();
    time.pass(5000);
    expect(states(ada)).toEqual([]);
  });

  it('[STATE-1] never drags the film back', () => {
    const { ada, bob, cyd, time } = party();
    let latestSec = 0;
    for (const how of ['buffering', 'ready', 'ad', 'away', 'seeking', 'ready']) {
      is(bob, how);
      time.pass(35_000);
      is(cyd, 'ready');
      for (const { positionSec } of states(ada)) {
        expect(positionSec).toBeGreaterThanOrEqual(latestSec);
        latestSec = Number(positionSec);
      }
    }
    expect(latestSec).toBeGreaterThan(10);
  });

  it('A room that has ended leaves no timers behind.', () => {
    const { ada, bob, cyd, vic, time } = party();
    is(bob, 'buffering');
    time.pass(700);
    is(bob, 'ad');
    for (const one of [ada, bob, cyd, vic]) one.drop();
    time.pass(68_000);
    expect(time.timers).toBe(0);
  });
});
