import { describe, expect, it } from 'vitest';
import { ALL_CAPS, ROOM, virtualHub, type FakeClient, type Wire } from './support.ts';

const CAPS = { caps: ALL_CAPS };
const of = (told: Wire[], type: string) =>
  told.filter((message) => message.type === type).map(({ payload }) => payload);

describe('typing', () => {
  const types = (one: FakeClient, typing = true) => one.tell('chat/typing', { roomId: ROOM, typing });

  it('[TYP-1] is told to the others with the cap, and to nobody else', () => {
    const { client } = virtualHub();
    const [ada, bob, plain] = [client('ada', CAPS), client('bob', CAPS), client('plain')];
    types(ada);
    types(ada, false);
    expect(of(bob.take(), 'chat/typing')).toEqual([
      { roomId: ROOM, userId: 'ada', typing: true },
      { roomId: ROOM, userId: 'ada', typing: false },
    ]);
    for (const one of [ada, plain]) expect(of(one.take(), 'chat/typing')).toEqual([]);
  });

  it('[TYP-2] too much of it is let go without an error, and hardly costs what may be said', () => {
    const { client } = virtualHub();
    const [ada, bob] = [client('ada', CAPS), client('bob', CAPS)];
    for (let at = 0; at < 150; at += 1) types(ada);
    expect(ada.ask('chat/send', { roomId: ROOM, text: 'hi' }).type).toBe('ack');
    for (let at = 0; at < 100; at += 1) types(ada);
    expect(of(ada.take(), 'error')).toEqual([]);
    expect(of(bob.take(), 'chat/typing').length).toBeLessThan(210);
  });
});

describe('reactions', () => {
  const react = (one: FakeClient, emoji: string, extra: Record<string, unknown> = {}) =>
    one.ask('chat/react', { roomId: ROOM, emoji, ...extra });
  const to = { userId: 'ada', id: 'm1' };

  function party() {
    const hub = virtualHub();
    const [ada, bob, plain] = [
      hub.client('ada', CAPS),
      hub.client('bob', CAPS),
      hub.client('plain', { caps: ['history'] }),
    ];
    ada.tell('chat/send', { roomId: ROOM, text: 'hi', id: 'm1' });
    for (const one of [ada, bob, plain]) one.take();
    const kept = (caps: readonly string[] = ALL_CAPS) =>
      of(hub.client(`late-${Math.random()}`, { caps }).take(), 'chat/history').flatMap(
        ({ messages }) => messages as { reactions?: unknown }[],
      )[0]?.reactions;
    return { ...hub, ada, bob, plain, kept };
  }

  it('[REACT-1] without a message they are told to all with the cap, and not kept', () => {
    const { ada, bob, plain, kept } = party();
    expect(react(bob, '🎉').type).toBe('ack');
    const payload = { roomId: ROOM, fromUserId: 'bob', emoji: '🎉' };
    for (const one of [ada, bob]) expect(of(one.take(), 'chat/reaction')).toEqual([payload]);
    expect(plain.take()).toEqual([]);
    expect(kept()).toBeUndefined();
  });

  it('[REACT-2] on a message they are kept, each person’s once, and can be taken off', () => {
    const { ada, bob, kept } = party();
    react(bob, '🎉', { to });
    react(bob, '🎉', { to });
    react(ada, '🎉', { to, on: true });
    react(ada, '👍', { to });
    expect(of(bob.take(), 'chat/reaction')).toEqual([
      { roomId: ROOM, fromUserId: 'bob', emoji: '🎉', to, on: true },
      { roomId: ROOM, fromUserId: 'ada', emoji: '🎉', to, on: true },
      { roomId: ROOM, fromUserId: 'ada', emoji: '👍', to, on: true },
    ]);
    expect(kept()).toEqual([
      { emoji: '🎉', userIds: ['bob', 'ada'] },
      { emoji: '👍', userIds: ['ada'] },
    ]);
    react(bob, '🎉', { to, on: false });
    react(ada, '🎉', { to, on: false });
    expect(kept()).toEqual([{ emoji: '👍', userIds: ['ada'] }]);
    react(ada, '👍', { to, on: false });
    expect(kept()).toBeUndefined();
  });

  it('[CAP-2] who did not announce them is told the messages without', () => {
    const { bob, kept } = party();
    react(bob, '🎉', { to });
    expect(kept(['history'])).toBeUndefined();
  });

  it('[REACT-3] a message the room does not remember, or that is full of them, refuses', () => {
    const { bob, time } = party();
    const refused = { type: 'error', payload: { code: 'bad_request' } };
    expect(react(bob, '🎉', { to: { userId: 'bob', id: 'm1' } })).toMatchObject(refused);
    const emojis = '😀 😁 😂 😃 😄 😅 😆 😉 😊 😋 😎 😍 😘 😗 😙 😚 🙂 🤗 🤔 😐 😑'.split(' ');
    const answers = emojis.map((emoji) => {
      time.pass(1000);
      return react(bob, emoji, { to });
    });
    expect(answers.map(({ type }) => type).indexOf('error')).toBe(20);
    expect(react(bob, 'words', { to })).toMatchObject(refused);
  });

  it('[REACT-3] [LIM-3] they count as chat', () => {
    const { bob } = party();
    const answers = Array.from({ length: 41 }, () => react(bob, '🎉'));
    expect(answers.at(-1)?.payload).toMatchObject({ code: 'bad_request', retryAfterMs: 100 });
  });
});
