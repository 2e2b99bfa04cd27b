import { describe, expect, it } from 'vitest';
import { joinedPayload, online, ROOM, type Driver } from './support.ts';

const bob = { userId: 'bob', displayName: 'Bob' };
const typing = ({ session }: Driver) => session.ephemeral.typing.map(({ userId }) => userId);
const fade = (driver: Driver, afterMs: number) => {
  driver.nowMs += afterMs;
  return driver.on({ type: 'timer', name: 'expire' });
};
const sentTyping = (driver: Driver) =>
  driver.sent().flatMap((message) => (message.type === 'chat/typing' ? [message.payload.typing] : []));

describe('typing', () => {
  it('[TYP-3] A member that is silent for five seconds types no more.', () => {
    const driver = online().receive('chat/typing', { roomId: ROOM, userId: 'bob', typing: true });
    driver.nowMs += 3000;
    driver.receive('chat/typing', { roomId: ROOM, userId: 'cyd', typing: true });
    expect(typing(driver)).toEqual(['bob', 'cyd']);
    expect(driver.timers.get('expire')).toBe(2000);
    expect(typing(fade(driver, 2000))).toEqual(['cyd']);
    expect(typing(fade(driver, 3000))).toEqual([]);
    expect(driver.timers.has('expire')).toBe(false);
  });

  it('[TYP-3] A member types no more after it says so, sends a message or leaves.', () => {
    for (const end of [
      (driver: Driver) => driver.receive('chat/typing', { roomId: ROOM, userId: 'bob', typing: false }),
      (driver: Driver) =>
        driver.receive('chat/message', { roomId: ROOM, from: bob, text: 'x', tsMs: 1, id: 'm' }),
      (driver: Driver) => driver.receive('room/peer_left', { roomId: ROOM, userId: 'bob' }),
      (driver: Driver) => driver.on({ type: 'closed', code: 1006 }),
    ]) {
      const driver = online().receive('chat/typing', { roomId: ROOM, userId: 'bob', typing: true });
      expect(typing(driver)).toEqual(['bob']);
      expect(typing(end(driver))).toEqual([]);
    }
  });

  it('[TYP-4] Typing is sent now and then while keys come, and its end once.', () => {
    const driver = online();
    for (let at = 0; at < 60; at += 1) {
      driver.on({ type: 'set_typing', typing: true });
      driver.nowMs += 100;
    }
    driver.on({ type: 'set_typing', typing: false }).on({ type: 'set_typing', typing: false });
    expect(sentTyping(driver)).toEqual([true, true, true, false]);
  });

  it('[TYP-4] [CHAT-1] A message implies that its author has stopped typing.', () => {
    const driver = online().on({ type: 'set_typing', typing: true });
    driver.on({ type: 'send_chat', id: 'c1', text: 'hi' }).on({ type: 'set_typing', typing: false });
    expect(sentTyping(driver)).toEqual([true]);
  });

  it('[CAP-1] Typing is not sent to a server without the cap.', () => {
    const driver = online(joinedPayload, ['history']).on({ type: 'set_typing', typing: true });
    driver.on({ type: 'react', emoji: '🎉' });
    expect(driver.types()).toEqual([]);
  });
});

describe('reactions', () => {
  const entry = (extra = {}) => ({ id: 'm1', from: bob, text: 'hi', tsMs: 10, ...extra });
  const party = { emoji: '🎉', userIds: ['cyd'] };
  const to = { userId: 'bob', id: 'm1' };
  const kept = ({ session }: Driver) => session.chat.messages[0]?.reactions;
  const reaction = (fromUserId: string, emoji: string, on: boolean) => ({
    ...{ roomId: ROOM, fromUserId, emoji, to, on },
  });

  it('[REACT-2] Reactions belong to their message, and the history has the last word.', () => {
    const driver = online().receive('chat/history', {
      roomId: ROOM,
      messages: [entry({ reactions: [party] })],
    });
    driver
      .receive('chat/reaction', reaction('ada', '🎉', true))
      .receive('chat/reaction', reaction('ada', '👍', true));
    expect(kept(driver)).toEqual([
      { emoji: '🎉', userIds: ['cyd', 'ada'] },
      { emoji: '👍', userIds: ['ada'] },
    ]);
    driver.receive('chat/reaction', reaction('ada', '👍', false));
    expect(kept(driver)).toEqual([{ emoji: '🎉', userIds: ['cyd', 'ada'] }]);
    driver.receive('chat/history', { roomId: ROOM, messages: [entry()] });
    expect(kept(driver)).toBeUndefined();
  });

  it('[REACT-2] Reactions to another author’s message of the same id are kept apart.', () => {
    const driver = online().receive('chat/history', { roomId: ROOM, messages: [entry()] });
    driver.receive('chat/reaction', { ...reaction('ada', '🎉', true), to: { userId: 'cyd', id: 'm1' } });
    expect(kept(driver)).toBeUndefined();
  });

  it('[REACT-1] Reactions without a message float for a while, each under an id of its own.', () => {
    const driver = online();
    for (let at = 0; at < 2; at += 1)
      driver.receive('chat/reaction', { roomId: ROOM, fromUserId: 'bob', emoji: '🎉' });
    const [first, second] = driver.session.ephemeral.floating;
    expect(first).toMatchObject({ fromUserId: 'bob', emoji: '🎉' });
    expect(first?.id).not.toBe(second?.id);
    expect(fade(driver, 6000).session.ephemeral.floating).toEqual([]);
  });

  it('[REACT-2] A reaction is sent with the message it belongs to.', () => {
    const driver = online().on({ type: 'react', emoji: '🎉', to, on: false });
    expect(driver.sentOne('chat/react').payload).toEqual({ roomId: ROOM, emoji: '🎉', to, on: false });
  });
});
