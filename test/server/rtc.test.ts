import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ALL_CAPS, joinPayload, ROOM, virtualHub } from './support.ts';

const ON = { inCall: true, microphone: true, camera: true };
const OFF = { inCall: false, microphone: false, camera: false };
const TURN = { turnUrls: ['turn:turn.example:3478?transport=tcp'], turnSecret: 'private', turnTtlSec: 3600 };

function party(options: Parameters<typeof virtualHub>[0] = {}) {
  const hub = virtualHub(options);
  const ada = hub.client('ada', { caps: ALL_CAPS });
  const bob = hub.client('bob', { caps: ALL_CAPS });
  const plain = hub.client('plain');
  for (const one of [ada, bob, plain]) one.take();
  return { ...hub, ada, bob, plain };
}

describe('what members have on in the call', () => {
  it('[RTC-2] is told to the others with cap faces, and to nobody else', () => {
    const { ada, bob, plain } = party();
    expect(ada.ask('rtc/media', { roomId: ROOM, ...ON }).type).toBe('ack');
    expect(bob.take()).toMatchObject([
      { type: 'rtc/media', payload: { roomId: ROOM, userId: 'ada', ...ON } },
    ]);
    expect([...ada.take(), ...plain.take()]).toEqual([]);
  });

  it('[RTC-2] out of the call nothing is on, whatever is claimed', () => {
    const { ada, bob } = party();
    ada.tell('rtc/media', { roomId: ROOM, ...ON, inCall: false });
    expect(bob.take()[0]?.payload).toMatchObject(OFF);
  });

  it('[RTC-2] what the others know already is told to nobody', () => {
    const { ada, bob } = party();
    ada.tell('rtc/media', { roomId: ROOM, ...ON });
    bob.take();
    for (let i = 0; i < 100; i += 1) expect(ada.ask('rtc/media', { roomId: ROOM, ...ON }).type).toBe('ack');
    expect(bob.take()).toEqual([]);
  });

  it('[RTC-7] a ninth is not let in, and is when somebody leaves', () => {
    const { ada, client } = party();
    const nine = Array.from({ length: 9 }, (_, at) => client(`friend-${at}`, { caps: ALL_CAPS }));
    const last = nine.pop();
    for (const one of nine) expect(one.ask('rtc/media', { roomId: ROOM, ...ON }).type).toBe('ack');
    ada.take();
    expect(last?.ask('rtc/media', { roomId: ROOM, ...ON })).toMatchObject({
      type: 'error',
      payload: { code: 'bad_request', message: expect.stringContaining('full') as string },
    });
    expect(ada.take()).toEqual([]);
    expect(nine[0]?.ask('rtc/media', { roomId: ROOM, ...ON, camera: false }).type).toBe('ack');
    nine[1]?.tell('rtc/media', { roomId: ROOM, ...OFF });
    expect(last?.ask('rtc/media', { roomId: ROOM, ...ON }).type).toBe('ack');
  });

  it('[RTC-3] is told to who joins later, of those who know calls', () => {
    const { ada, client } = party();
    ada.tell('rtc/media', { roomId: ROOM, ...ON, camera: false });
    const late = client();
    late.take();
    late.tell('room/join', joinPayload('late', { caps: ['faces'] }));
    expect(late.take()[0]?.payload.peers).toEqual([
      { userId: 'ada', displayName: 'ADA', media: { ...ON, camera: false } },
      { userId: 'bob', displayName: 'BOB', media: OFF },
      { userId: 'plain', displayName: 'PLAIN' },
    ]);
  });

  it('[RTC-3] of a lost member is not told to who joins, and holds again when it is back', () => {
    const { ada, bob, client } = party();
    ada.tell('rtc/media', { roomId: ROOM, ...ON });
    bob.take();
    ada.drop();
    const late = client();
    late.take();
    late.tell('room/join', joinPayload('late', { caps: ['faces', 'member_state'] }));
    const [joined] = late.take();
    expect(joined?.payload.peers).toContainEqual({
      userId: 'ada',
      displayName: 'ADA',
      report: { state: 'lost' },
    });
    expect(bob.take().filter(({ type }) => type === 'rtc/media')).toEqual([]);
  });

  it('[RTC-3] of a member that is back is told to who joined while it was lost, also where nothing has changed', () => {
    const { client, bob } = party();
    const token = 'a-token-of-cyd-0123';
    const back = () => {
      const cyd = client();
      cyd.tell('room/join', joinPayload('cyd', { caps: ALL_CAPS, resumeToken: token }));
      cyd.tell('rtc/media', { roomId: ROOM, ...ON });
      return cyd;
    };
    back().drop();
    const late = client('late', { caps: ALL_CAPS });
    late.take();
    bob.take();
    back();
    for (const other of [late, bob])
      expect(other.take()).toContainEqual(
        expect.objectContaining({ type: 'rtc/media', payload: { roomId: ROOM, userId: 'cyd', ...ON } }),
      );
  });

  it('[RTC-3] whoever left and came again has nothing on', () => {
    const { client, bob } = party();
    const cyd = client('cyd', { caps: ['faces'] });
    cyd.tell('rtc/media', { roomId: ROOM, ...ON });
    cyd.tell('room/leave', { roomId: ROOM });
    expect(cyd.ask('room/join', joinPayload('cyd', { caps: ['faces'] })).type).toBe('ack');
    bob.take();
    bob.tell('room/join', joinPayload('bob', { caps: ALL_CAPS }));
    const joined = bob.take().find(({ type }) => type === 'room/joined');
    expect(joined?.payload.peers).toContainEqual({
      userId: 'cyd',
      displayName: 'CYD',
      report: { state: 'ready' },
      media: OFF,
    });
  });

  it('[CAP-1] is heard only from who announced the cap', () => {
    const { plain, bob } = party();
    expect(plain.ask('rtc/media', { roomId: ROOM, ...ON })).toMatchObject({
      type: 'error',
      payload: { code: 'unauthorized' },
    });
    expect(bob.take()).toEqual([]);
  });
});

describe('ICE servers', () => {
  it('[RTC-4] come with TURN credentials that coturn can check and that end', () => {
    const { ada, bob, time } = party({ ice: { stunUrls: ['stun:turn.example'], ...TURN } });
    expect(ada.ask('rtc/get_ice', { roomId: ROOM }).type).toBe('ack');
    const [told] = ada.take();
    expect(bob.take()).toEqual([]);
    const { iceServers, expiresInMs } = told?.payload as {
      iceServers: { urls: string[]; username?: string; credential?: string }[];
      expiresInMs: number;
    };
    expect(expiresInMs).toBe(3_600_000);
    expect(iceServers[0]).toEqual({ urls: ['stun:turn.example'] });
    const { urls, username = '', credential } = iceServers[1] ?? {};
    expect(urls).toEqual(TURN.turnUrls);
    expect(Number(username.split(':')[0])).toBe(Math.floor(time.nowMs / 1000) + 3600);
    expect(credential).toBe(createHmac('sha1', 'private').update(username).digest('base64'));
  });

  it('[RTC-4] differ for each asker, and name nobody', () => {
    const { ada, bob } = party({ ice: { stunUrls: [], ...TURN } });
    const names = [ada, bob].map((one) => {
      one.ask('rtc/get_ice', { roomId: ROOM });
      return JSON.stringify(one.take()[0]?.payload.iceServers);
    });
    expect(names[0]).not.toBe(names[1]);
    expect(names.join()).not.toMatch(/ada|bob|private/);
  });

  it('[RTC-4] are none where the operator has named none', () => {
    const { ada } = party();
    ada.ask('rtc/get_ice', { roomId: ROOM });
    expect(ada.take()[0]?.payload).toEqual({ roomId: ROOM, iceServers: [] });
  });

  it('[CAP-1] are told only to who announced the cap', () => {
    const { plain } = party();
    expect(plain.ask('rtc/get_ice', { roomId: ROOM })).toMatchObject({ payload: { code: 'unauthorized' } });
  });
});
