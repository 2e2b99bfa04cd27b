import { describe, expect, it } from 'vitest';
import { ALL_CAPS, joinPayload, ROOM, virtualHub } from './support.ts';

const chat = { roomId: ROOM, text: 'x' };
const ping = { id: 1, t1Ms: 0 };

describe('limits', () => {
  it('[LIM-1] the frame too many is dropped and answered with when to come back', () => {
    const { client, time } = virtualHub();
    const ada = client();
    ada.take();
    for (let i = 0; i < 300; i += 1) ada.tell('clock/ping', ping);
    expect(ada.types()).toEqual(Array(300).fill('clock/pong'));
    expect(ada.ask('clock/ping', ping).payload).toMatchObject({ code: 'bad_request', retryAfterMs: 10 });
    time.pass(20);
    ada.tell('clock/ping', ping);
    expect(ada.types()).toEqual(['clock/pong']);
  });

  it('[LIM-1] a hundred a second can go on forever', () => {
    const { client, time } = virtualHub();
    const ada = client();
    ada.take();
    for (let i = 0; i < 3000; i += 1) {
      ada.tell('clock/ping', ping);
      time.pass(10);
    }
    expect(new Set(ada.types())).toEqual(new Set(['clock/pong']));
  });

  it('[LIM-2] who goes on is closed, and the others are not disturbed', () => {
    const { client } = virtualHub();
    const eve = client('eve');
    const ada = client('ada');
    ada.take();
    for (let i = 0; i < 398; i += 1) eve.hub.receive('junk');
    expect(eve.closed).toBeNull();
    eve.hub.receiveControl();
    expect(eve.closed).toMatchObject({ code: 1008, reason: expect.stringContaining('flooding') as string });
    eve.tell('chat/send', chat);
    expect(ada.types()).toEqual(['room/peer_left']);
  });

  it('[LIM-3] too much chat is refused, never closed', () => {
    const { client, time } = virtualHub();
    const ada = client('ada');
    for (let i = 0; i < 40; i += 1) expect(ada.ask('chat/send', chat).type).toBe('ack');
    for (let i = 0; i < 200; i += 1) {
      expect(ada.ask('chat/send', chat).payload).toMatchObject({ code: 'bad_request', retryAfterMs: 100 });
    }
    time.pass(100);
    expect(ada.ask('chat/send', chat).type).toBe('ack');
    expect(ada.closed).toBeNull();
  });

  it('[LIM-5] a full room refuses newcomers and keeps the place of the lost', () => {
    const { client } = virtualHub();
    const members = Array.from({ length: 50 }, (_, i) => client(`m${i}`));
    expect(client().ask('room/join', joinPayload('late')).payload).toMatchObject({ code: 'bad_request' });
    members[7]?.drop();
    expect(client().ask('room/join', joinPayload('late')).payload).toMatchObject({ code: 'bad_request' });
    expect(client().ask('room/join', joinPayload('m7')).type).toBe('ack');
  });

  it('[LIM-5] rooms per connection, and rooms in all', () => {
    const { client, time, hub } = virtualHub({ limits: { maxRooms: 20 } });
    const join = (room: number, who = ada) =>
      who.ask('room/join', joinPayload('ada', { roomId: `r${room}` }));
    const ada = client();
    for (let i = 0; i < 16; i += 1) expect(join(i).type).toBe('ack');
    expect(join(16).payload).toMatchObject({ code: 'bad_request' });
    expect(join(3).type).toBe('ack');
    const bob = client();
    for (let i = 16; i < 20; i += 1) join(i, bob);
    expect(join(20, bob).payload).toMatchObject({ code: 'bad_request', retryAfterMs: 10_000 });
    expect(hub.stats()).toMatchObject({ rooms: 20 });
    bob.drop();
    time.pass(68_000);
    expect(join(20, client()).type).toBe('ack');
  });
});

describe('what one connection may make of others', () => {
  const retry = { code: 'bad_request', retryAfterMs: expect.any(Number) as number };
  const ON = { roomId: ROOM, inCall: true, microphone: true, camera: true };

  it('[LIM-1] bytes are counted as frames are, and who goes on is closed', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    const offer = { roomId: ROOM, toUserId: 'ada', sdp: 'x'.repeat(47_000) };
    let granted = 0;
    while (!ada.closed && granted < 100) {
      ada.tell('webrtc/offer', offer);
      granted += 1;
    }
    expect(granted).toBeLessThanOrEqual(23);
    expect(ada.closed?.code).toBe(1008);
  });

  it('[LIM-9] the frames of all connections of an address are counted together', () => {
    const { client } = virtualHub();
    const crowd = Array.from({ length: 20 }, () => client(undefined, {}, '192.0.2.1'));
    for (const one of crowd) for (let i = 0; i < 150; i += 1) one.tell('clock/ping', ping);
    expect(crowd.at(-1)?.ask('clock/ping', ping).payload).toMatchObject(retry);
    expect(client(undefined, {}, '192.0.2.2').ask('clock/ping', ping).type).toBe('ack');
  });

  it('[LIM-10] joining again and again is slowed down, and tells the history once', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', { caps: ALL_CAPS });
    ada.tell('chat/send', chat);
    ada.take();
    const again = () => ada.ask('room/join', joinPayload('ada', { caps: ALL_CAPS }));
    const answers = Array.from({ length: 10 }, again);
    expect(answers[0]?.type).toBe('ack');
    expect(answers.at(-1)?.payload).toMatchObject(retry);
    expect(ada.types()).not.toContain('chat/history');
    time.pass(Number(answers.at(-1)?.payload.retryAfterMs));
    expect(again().type).toBe('ack');
  });

  it('[LIM-11] what is told to others comes at a pace at which they can be drawn', () => {
    const { client } = virtualHub();
    const eve = client('eve', { caps: ALL_CAPS });
    const bob = client('bob', { caps: ALL_CAPS });
    bob.take();
    for (let i = 0; i < 100; i += 1) eve.tell('rtc/media', { ...ON, camera: i % 2 === 0 });
    expect(bob.take()).toHaveLength(20);
    for (let i = 0; i < 100; i += 1) {
      eve.tell('member/state', { roomId: ROOM, state: i % 2 ? 'ready' : 'buffering' });
    }
    expect(bob.take()).toEqual([]);
    for (let i = 0; i < 100; i += 1) eve.tell('watch/set_content', { roomId: ROOM, contentId: `film-${i}` });
    expect(bob.take().filter(({ type }) => type === 'watch/content')).toHaveLength(40);
  });

  it('[LIM-11] bytes count for each who is told them', () => {
    const { client } = virtualHub();
    const eve = client('eve');
    for (let i = 0; i < 48; i += 1) client(`m${i}`);
    const meta = { title: 'x'.repeat(8000) };
    const told = Array.from({ length: 30 }, (_, i) =>
      eve.ask('watch/set_content', { roomId: ROOM, contentId: `film-${i}`, meta }),
    ).filter(({ type }) => type === 'ack');
    expect(told.length).toBeLessThanOrEqual(11);
  });

  it('[LIM-12] one member makes another read 32 KiB a second at most', () => {
    const { client, time } = virtualHub();
    const eve = client('eve');
    client('bob');
    client('cyd');
    const offer = (toUserId: string) =>
      eve.ask('webrtc/offer', { roomId: ROOM, toUserId, sdp: 'x'.repeat(40_000) });
    const answers = Array.from({ length: 7 }, () => offer('bob'));
    expect(answers.at(-1)?.payload).toMatchObject(retry);
    expect(offer('cyd').type).toBe('ack');
    time.pass(Number(answers.at(-1)?.payload.retryAfterMs));
    expect(offer('bob').type).toBe('ack');
  });

  it('[LIM-13] an address makes twenty rooms at once, and one every ten seconds', () => {
    const { client, time, hub } = virtualHub();
    const make = (room: number, address: string) =>
      client(undefined, {}, address).ask('room/join', joinPayload('ada', { roomId: `r${room}` }));
    for (let i = 0; i < 20; i += 1) expect(make(i, '192.0.2.1').type).toBe('ack');
    const refused = make(20, '192.0.2.1');
    expect(refused.payload).toMatchObject(retry);
    expect(make(21, '192.0.2.2').type).toBe('ack');
    time.pass(Number(refused.payload.retryAfterMs));
    expect(make(20, '192.0.2.1').type).toBe('ack');
    expect(hub.stats().rooms).toBe(22);
  });

  it('[LIM-13] an address has 64 rooms alive', () => {
    const { client, time } = virtualHub();
    const join = (room: number) => {
      time.pass(10_000);
      return client(undefined, {}, '192.0.2.1').ask('room/join', joinPayload('ada', { roomId: `r${room}` }));
    };
    for (let i = 0; i < 64; i += 1) expect(join(i).type).toBe('ack');
    expect(join(64).payload).toMatchObject(retry);
  });

  it('[LOSS-6] a room in which nothing was ever on and nothing said ends with its last member', () => {
    const { client, hub, time } = virtualHub();
    const ada = client('ada', { caps: ALL_CAPS });
    const before = ada.take()[1]?.payload.epoch;
    ada.tell('room/leave', { roomId: ROOM });
    expect(hub.stats().rooms).toBe(0);
    expect(client('ada', { caps: ALL_CAPS }).take()[1]?.payload.epoch).not.toBe(before);
    hub.closeAll(1001, 'again');
    time.pass(68_000);
    const bob = client('bob');
    bob.tell('chat/send', chat);
    bob.tell('room/leave', { roomId: ROOM });
    expect(hub.stats().rooms).toBe(1);
  });

  it('[LIM-5] on a full server a new party takes the place of the one that has been empty the longest', () => {
    const { client, time, hub } = virtualHub({ limits: { maxRooms: 2 } });
    for (const roomId of ['older', 'newer']) {
      const ada = client('ada', { roomId });
      ada.tell('chat/send', { roomId, text: 'x' });
      ada.tell('room/leave', { roomId });
      time.pass(1000);
    }
    expect(client().ask('room/join', joinPayload('bob', { roomId: 'new' })).type).toBe('ack');
    expect([hub.previewRoom('older').exists, hub.previewRoom('newer').exists]).toEqual([false, true]);
  });

  it('[LIM-15] which rooms there are is told no faster than by the invite page', () => {
    const { client } = virtualHub();
    const eve = client(undefined, {}, '192.0.2.1');
    const ask = (room: number) => eve.ask('room/leave', { roomId: `r${room}` }).payload;
    for (let i = 0; i < 60; i += 1) expect(ask(i)).toMatchObject({ code: 'room_not_found' });
    expect(ask(60)).toMatchObject(retry);
  });
});
