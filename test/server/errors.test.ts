import { describe, expect, it } from 'vitest';
import { ALL_CAPS, joinPayload, ROOM, state, virtualHub } from './support.ts';

const join = joinPayload('x');
const BAD_FRAMES: [string, string][] = [
  ['no JSON', 'hello'],
  ['nothing', ''],
  ['an array', '[]'],
  ['null', 'null'],
  ['no v', '{"type":"room/leave","payload":{}}'],
  ['another v', '{"v":2,"type":"room/leave","payload":{}}'],
  ['v as text', '{"v":"1","type":"room/leave","payload":{}}'],
  ['no type', '{"v":1,"payload":{}}'],
  ['an unknown type', '{"v":1,"type":"room/explode","payload":{}}'],
  ['a type of the prototype', '{"v":1,"type":"constructor","payload":{}}'],
  ['no payload', '{"v":1,"type":"room/leave"}'],
  ['a payload off its schema', '{"v":1,"type":"room/leave","payload":{"roomId":7}}'],
  ['a server’s message', '{"v":1,"type":"server/hello","payload":{"v":1,"nowMs":1}}'],
  ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
];

describe('errors', () => {
  it.each(BAD_FRAMES)('[ERR-1] [ERR-2] %s is bad_request, and nobody else notices', (_title, frame) => {
    const { client } = virtualHub();
    const ada = client('ada', { caps: ALL_CAPS });
    const bob = client('bob');
    ada.take();
    bob.take();
    bob.hub.receive(frame);
    const told = bob.take();
    expect(told).toMatchObject([{ v: 1, type: 'error', payload: { code: 'bad_request' } }]);
    expect(told[0]).not.toHaveProperty('requestId');
    expect(ada.take()).toEqual([]);
    expect(bob.ask('chat/send', { roomId: ROOM, text: 'still here' }).type).toBe('ack');
  });

  it('[ERR-1] [ENV-3] the request id is told twice when it can be read', () => {
    const { client } = virtualHub();
    const ada = client();
    ada.take();
    for (const frame of [
      { v: 2, type: 'room/join', payload: join },
      { v: 1, type: 'nope', payload: {} },
      { v: 1, type: 'chat/send', payload: { roomId: ROOM, text: ' ' } },
    ]) {
      ada.hub.receive(JSON.stringify({ ...frame, requestId: 'q7' }));
      expect(ada.take()).toMatchObject([
        { requestId: 'q7', payload: { requestId: 'q7', code: 'bad_request' } },
      ]);
    }
    ada.hub.receive(JSON.stringify({ v: 1, type: 'nope', requestId: { not: 'text' }, payload: {} }));
    expect(ada.take()[0]?.payload).not.toHaveProperty('requestId');
  });

  it('[ENV-4] a binary frame is bad_request', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    ada.take();
    ada.hub.receiveBinary();
    expect(ada.take()).toMatchObject([{ type: 'error', payload: { code: 'bad_request' } }]);
    expect(ada.closed).toBeNull();
  });

  it('[ENV-3] without a request id there is no ack', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    ada.take();
    ada.tell('chat/send', { roomId: ROOM, text: 'hi' });
    expect(ada.types()).toEqual(['chat/message']);
  });

  it.each([
    ['room/leave', { roomId: ROOM }],
    ['chat/send', { roomId: ROOM, text: 'x' }],
    ['chat/restore', { roomId: ROOM, messages: [] }],
    ['watch/set_content', { roomId: ROOM, contentId: 'x' }],
    ['watch/playback_state', state()],
    ['webrtc/offer', { roomId: ROOM, toUserId: 'ada', sdp: 'x' }],
    ['webrtc/answer', { roomId: ROOM, toUserId: 'ada', sdp: 'x' }],
    ['webrtc/ice', { roomId: ROOM, toUserId: 'ada', candidate: null }],
    ['member/state', { roomId: ROOM, state: 'ready' }],
    ['room/set_control', { roomId: ROOM, control: 'host' }],
    ['room/hand_over', { roomId: ROOM, toUserId: 'ada' }],
  ])('[ERR-4] %s needs a room, and to be in it', (type, payload) => {
    const { client } = virtualHub();
    const eve = client();
    expect(eve.ask(type, payload).payload).toMatchObject({ code: 'room_not_found' });
    const ada = client('ada', { caps: ALL_CAPS });
    ada.take();
    expect(eve.ask(type, payload).payload).toMatchObject({ code: 'not_in_room' });
    expect(ada.take()).toEqual([]);
  });

  it('[ERR-3] a failing store is internal for the joiner and nothing for the others', async () => {
    const lines: string[] = [];
    const log = (fields: Record<string, unknown>, message: string) =>
      void lines.push(JSON.stringify({ ...fields, message }));
    const { client } = virtualHub({
      log: { debug: log, info: log, warn: log, error: log },
      store: {
        load: (roomId) => {
          if (roomId === 'now') throw new Error(`secret ${roomId}`);
          if (roomId === 'later') return Promise.reject(new Error(`secret ${roomId}`));
          return undefined;
        },
        save: () => Promise.reject(new Error('secret')),
        remove: () => undefined,
      },
    });
    const ada = client('ada');
    for (const roomId of ['now', 'later']) {
      ada.take();
      ada.tell('room/join', joinPayload('ada', { roomId }));
      await Promise.resolve().then(() => undefined);
      await new Promise(setImmediate);
      expect(ada.take()).toMatchObject([{ type: 'error', payload: { code: 'internal' } }]);
    }
    expect(ada.ask('chat/send', { roomId: ROOM, text: 'fine' }).type).toBe('ack');
    expect(lines.join()).toContain('a message could not be handled');
    expect(lines.join()).not.toContain('secret');
  });
});

describe('faces', () => {
  const junk = { type: 'offer', sdp: 'v=0\r\n', more: [1, { deep: null }] };

  it.each([
    ['webrtc/offer', { sdp: junk }],
    ['webrtc/answer', { sdp: 'v=0' }],
    ['webrtc/ice', { candidate: junk }],
    ['webrtc/ice', { candidate: 'candidate:1' }],
    ['webrtc/ice', { candidate: null }],
  ])('[RTC-1] %s goes untouched to the one addressed', (type, body) => {
    const { client } = virtualHub();
    const [ada, bob, cyd] = [client('ada'), client('bob'), client('cyd')];
    for (const one of [ada, bob, cyd]) one.take();
    expect(ada.ask(type, { roomId: ROOM, toUserId: 'bob', ...body }).type).toBe('ack');
    expect(bob.take()).toEqual([{ v: 1, type, payload: { roomId: ROOM, fromUserId: 'ada', ...body } }]);
    expect([...ada.take(), ...cyd.take()]).toEqual([]);
  });

  it('[ERR-4] nobody there, or somebody lost, is peer_not_found', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    client('bob').drop();
    for (const toUserId of ['nobody', 'bob']) {
      const answer = ada.ask('webrtc/ice', { roomId: ROOM, toUserId, candidate: null });
      expect(answer.payload).toMatchObject({ code: 'peer_not_found' });
    }
  });
});

describe('clock', () => {
  it('[CLK-2] a ping is answered at once, before joining too, with fractions', () => {
    const { client, time } = virtualHub();
    const ada = client();
    ada.take();
    time.pass(0.25);
    expect(ada.ask('clock/ping', { id: 3, t1Ms: 0.5 }).type).toBe('ack');
    expect(ada.take()).toEqual([
      { v: 1, type: 'clock/pong', payload: { id: 3, t1Ms: 0.5, t2Ms: time.nowMs, t3Ms: time.nowMs } },
    ]);
    expect(time.nowMs % 1).not.toBe(0);
  });

  it('[CLK-1] v1 times are whole numbers', () => {
    const { client, time } = virtualHub();
    time.pass(0.4);
    const ada = client('ada');
    const bob = client('bob');
    expect(bob.take()[0]?.payload.nowMs).toBe(1_700_000_000_000);
    ada.tell('chat/send', { roomId: ROOM, text: 'x' });
    ada.tell('watch/playback_state', state());
    const [chat, playback] = bob.take();
    expect(chat?.payload.tsMs).toBe(1_700_000_000_000);
    expect(playback?.payload.serverTsMs).toBe(1_700_000_000_000);
  });
});
