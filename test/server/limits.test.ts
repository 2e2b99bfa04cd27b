import { describe, expect, it } from 'vitest';
import { joinPayload, ROOM, virtualHub } from './support.ts';

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
