import { describe, expect, it } from 'vitest';
import { ALL_CAPS, joinPayload, ROOM, state, virtualHub } from './support.ts';

describe('joining', () => {
  it('[JOIN-1] [JOIN-2] the first one makes the room and is told so before the ack', () => {
    const { client } = virtualHub();
    const ada = client();
    expect(ada.take()).toMatchObject([
      { v: 1, type: 'server/hello', payload: { v: 1, nowMs: 1_700_000_000_000, caps: ALL_CAPS } },
    ]);
    ada.hub.receive(JSON.stringify({ v: 1, type: 'room/join', requestId: 'q', payload: joinPayload('ada') }));
    expect(ada.take()).toEqual([
      {
        v: 1,
        type: 'room/joined',
        payload: { roomId: ROOM, you: { userId: 'ada', displayName: 'ADA' }, peers: [] },
      },
      { v: 1, type: 'ack', requestId: 'q', payload: { requestId: 'q' } },
    ]);
  });

  it('[JOIN-2] a later one is told content, playback as of now, and history, then the ack', () => {
    const { client, time } = virtualHub();
    const ada = client('ada');
    ada.tell('watch/set_content', { roomId: ROOM, contentId: 'film', meta: { title: 'F' } });
    ada.tell('watch/playback_state', state());
    ada.tell('chat/send', { roomId: ROOM, text: 'hi' });
    time.pass(5000);
    const bob = client();
    bob.take();
    bob.tell('room/join', joinPayload('bob', { caps: ALL_CAPS }));
    bob.tell('room/join', joinPayload('bob'));
    const told = bob.take();
    expect(told.map(({ type }) => type).slice(0, 4)).toEqual([
      'room/joined',
      'watch/content',
      'watch/playback_state',
      'chat/history',
    ]);
    expect(told[1]?.payload).toEqual({
      roomId: ROOM,
      contentId: 'film',
      meta: { title: 'F' },
      seq: 1,
      fromUserId: 'ada',
    });
    expect(told[2]?.payload).toEqual({
      roomId: ROOM,
      state: {
        playing: true,
        positionSec: 15,
        hostTsMs: time.nowMs,
        contentId: 'film',
        rate: 1,
        seq: 2,
      },
      serverTsMs: time.nowMs,
      fromUserId: 'ada',
    });
    // After the ack: that Bob joined. The second join announced no caps, so it is answered in plain v1.
    expect(told.slice(5).map(({ type }) => type)).toEqual([
      'room/joined',
      'watch/content',
      'watch/playback_state',
    ]);
    expect(told[6]?.payload).toEqual({ roomId: ROOM, contentId: 'film', meta: { title: 'F' } });
  });

  it('[JOIN-5] [JOIN-4] the others are told of the newcomer, and the newcomer of them', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    ada.take();
    const bob = client();
    bob.take();
    bob.tell('room/join', joinPayload('bob'));
    expect(ada.take()).toEqual([
      {
        v: 1,
        type: 'room/peer_joined',
        payload: { roomId: ROOM, peer: { userId: 'bob', displayName: 'BOB' } },
      },
    ]);
    expect(bob.take()[0]?.payload).toMatchObject({ peers: [{ userId: 'ada', displayName: 'ADA' }] });
  });

  it('[CAP-2] [CAP-3] what a joiner announced no cap for is left out', () => {
    const { client } = virtualHub();
    const keys = (caps: string[]) => {
      const one = client();
      one.take();
      one.tell('room/join', joinPayload(`member ${caps.join()}`, { caps }));
      return Object.keys(one.take()[0]?.payload ?? {}).sort();
    };
    const v1 = ['peers', 'roomId', 'you'];
    expect(keys([])).toEqual(v1);
    expect(keys(['from-the-future'])).toEqual(v1);
    expect(keys(['clock'])).toEqual(['epoch', ...v1]);
    expect(keys(['roles'])).toEqual(['control', 'epoch', 'hostUserId', ...v1]);
    expect(keys(['resume'])).toEqual(['epoch', 'peers', 'resumeToken', 'roomId', 'you']);
  });

  it('[JOIN-3] joining again is answered again and told to nobody', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    const bob = client('bob');
    ada.take();
    bob.take();
    expect(bob.ask('room/join', joinPayload('bob')).type).toBe('ack');
    expect(bob.types()).toEqual(['room/joined']);
    expect(ada.take()).toEqual([]);
  });

  it('[JOIN-3] joining again under another name tells the others the name', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    const bob = client('bob');
    ada.take();
    bob.tell('room/join', joinPayload('bob', { client: { userId: 'bob', displayName: 'Robert' } }));
    expect(ada.take()).toMatchObject([
      { type: 'room/peer_joined', payload: { peer: { userId: 'bob', displayName: 'Robert' } } },
    ]);
  });

  it('[JOIN-3] a connection cannot be two members of one room', () => {
    const { client } = virtualHub();
    expect(client('ada').ask('room/join', joinPayload('eve')).payload).toMatchObject({ code: 'bad_request' });
  });

  it('[JOIN-6] a connection in two rooms hears both and leaves one', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    ada.tell('room/join', joinPayload('ada', { roomId: 'other' }));
    const bob = client('bob');
    ada.take();
    bob.tell('chat/send', { roomId: ROOM, text: 'hi' });
    expect(ada.take()).toMatchObject([{ type: 'chat/message', payload: { roomId: ROOM } }]);
    expect(ada.ask('room/leave', { roomId: ROOM }).type).toBe('ack');
    expect(ada.ask('chat/send', { roomId: 'other', text: 'here' }).type).toBe('ack');
    expect(ada.ask('chat/send', { roomId: ROOM, text: 'gone' }).payload).toMatchObject({
      code: 'not_in_room',
    });
  });

  it('[PEER-1] a name is told as it can be seen, and one of which nothing can be is refused', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    ada.take();
    const bob = client();
    const join = (displayName: string) =>
      bob.ask('room/join', joinPayload('bob', { client: { userId: 'bob', displayName } }));
    expect(join('\u2800')).toMatchObject({ type: 'error', payload: { code: 'bad_request' } });
    expect(join(' Bo\u200bb ').type).toBe('ack');
    expect(ada.take()).toMatchObject([{ payload: { peer: { userId: 'bob', displayName: 'Bob' } } }]);
  });

  it('[JOIN-4] `place` says who of the others was here before, and is kept by who comes back', () => {
    const { client } = virtualHub();
    const caps = { caps: ALL_CAPS };
    const placeOf = (name: string, extra = caps) =>
      client(name, extra)
        .take()
        .find(({ type }) => type === 'room/joined')?.payload.place;
    expect([placeOf('ada'), placeOf('bob', { caps: [] }), placeOf('cyd')]).toEqual([0, undefined, 2]);
    expect(placeOf('bob')).toBe(1);
  });
});
