import { describe, expect, it } from 'vitest';
import type { RoomState } from '../../src/server/rooms/state.ts';
import type { RoomStore } from '../../src/server/store.ts';
import { ALL_CAPS, joinPayload, ROOM, state, virtualHub } from './support.ts';

/** Answers only when told, and copies like a store that writes elsewhere. */
function slowStore() {
  const states = new Map<string, RoomState>();
  const waiting: (() => void)[] = [];
  const store: RoomStore = {
    load: (roomId) =>
      new Promise((resolve) => waiting.push(() => resolve(structuredClone(states.get(roomId))))),
    save: (roomId, kept) => void states.set(roomId, structuredClone(kept)),
    remove: (roomId) => void states.delete(roomId),
  };
  const answer = async () => {
    for (const go of waiting.splice(0)) go();
    await new Promise(setImmediate);
  };
  return { store, states, answer };
}

describe('a store that answers later', () => {
  it('[ENV-4] join, chat and leave sent at once are done in order', async () => {
    const { store, answer } = slowStore();
    const { client } = virtualHub({ store });
    const ada = client();
    ada.take();
    ada.tell('room/join', joinPayload('ada'));
    ada.tell('chat/send', { roomId: ROOM, text: 'one' });
    ada.tell('room/leave', { roomId: ROOM });
    ada.tell('chat/send', { roomId: ROOM, text: 'two' });
    expect(ada.take()).toEqual([]);
    await answer();
    expect(ada.types()).toEqual(['room/joined', 'chat/message', 'error']);
  });

  it('[ENV-5] a clock ping does not wait', () => {
    const { store } = slowStore();
    const { client } = virtualHub({ store });
    const ada = client();
    ada.take();
    ada.tell('room/join', joinPayload('ada'));
    ada.tell('clock/ping', { id: 1, t1Ms: 0 });
    expect(ada.types()).toEqual(['clock/pong']);
  });

  it('[JOIN-1] two who come at once meet in one room', async () => {
    const { store, answer } = slowStore();
    const { client, hub } = virtualHub({ store });
    const [ada, bob] = [client(), client()];
    ada.tell('room/join', joinPayload('ada'));
    bob.tell('room/join', joinPayload('bob'));
    await answer();
    expect(hub.stats()).toMatchObject({ rooms: 1, members: 2 });
    expect(ada.types()).toEqual(['server/hello', 'room/joined', 'room/peer_joined']);
  });

  it('[LOSS-1] who goes while the store thinks is lost afterwards, its words said', async () => {
    const { store, answer } = slowStore();
    const { client, hub, time } = virtualHub({ store });
    const ada = client();
    ada.tell('room/join', joinPayload('ada'));
    ada.tell('chat/send', { roomId: ROOM, text: 'bye' });
    ada.drop();
    await answer();
    const bob = client();
    bob.tell('room/join', joinPayload('bob', { caps: ALL_CAPS }));
    await answer();
    expect(bob.take().find(({ type }) => type === 'chat/history')).toMatchObject({
      payload: { messages: [{ text: 'bye' }] },
    });
    time.pass(8000);
    expect(hub.stats().members).toBe(1);
  });

  it('[RES-1] [CHAT-4] [ROLE-2] a room outlives the process: guards, chat, content and roles', async () => {
    const { store, answer, states } = slowStore();
    const before = virtualHub({ store });
    const ada = before.client();
    ada.tell('room/join', joinPayload('ada', { caps: ALL_CAPS }));
    await answer();
    ada.tell('watch/playback_state', state({ contentId: 'film' }));
    ada.tell('chat/send', { roomId: ROOM, text: 'hi' });
    const { epoch } = ada.take()[1]?.payload ?? {};

    const after = virtualHub({ store });
    const bob = after.client();
    bob.take();
    bob.tell('room/join', joinPayload('bob', { caps: ALL_CAPS }));
    await answer();
    const told = bob.take();
    expect(told.map(({ type }) => type)).toEqual([
      'room/joined',
      'watch/content',
      'watch/playback_state',
      'chat/history',
      'chat/notice',
    ]);
    expect(told[0]?.payload).toMatchObject({ epoch, hostUserId: 'ada' });
    expect(after.client().ask('room/join', joinPayload('ada')).payload).toMatchObject({
      code: 'unauthorized',
    });
    after.time.pass(8000);
    expect(bob.take()).toMatchObject([
      { type: 'room/roles', payload: { hostUserId: 'bob' } },
      { type: 'chat/notice', payload: { notice: { kind: 'host', about: { userId: 'bob' } } } },
    ]);
    bob.drop();
    after.time.pass(68_000);
    expect(states.size).toBe(0);
  });
});
