import { describe, expect, it } from 'vitest';
import { ROOM, virtualHub, type FakeClient } from './support.ts';

const HISTORY = { caps: ['history'] };
const say = (one: FakeClient, text: string, id?: string) =>
  one.ask('chat/send', { roomId: ROOM, text, ...(id !== undefined && { id }) });
const texts = (one: FakeClient) =>
  one.take().flatMap(({ type, payload }) => {
    if (type === 'chat/message') return [payload.text];
    return type === 'chat/history' ? (payload.messages as { text: string }[]).map(({ text }) => text) : [];
  });

describe('chat', () => {
  it('[CHAT-1] goes to everyone, the sender included, at the server’s time', () => {
    const { client, time } = virtualHub();
    const ada = client('ada');
    const bob = client('bob', HISTORY);
    ada.take();
    bob.take();
    say(ada, 'hi');
    const payload = {
      roomId: ROOM,
      from: { userId: 'ada', displayName: 'ADA' },
      text: 'hi',
      tsMs: time.nowMs,
    };
    expect(ada.take()).toEqual([{ v: 1, type: 'chat/message', payload }]);
    expect(bob.take()[0]?.payload).toEqual({ ...payload, id: expect.any(String) as string });
  });

  it('[CHAT-3] what was delivered already is acked and not told again, also on a new connection', () => {
    const { client } = virtualHub();
    const bob = client('bob', HISTORY);
    const ada = client('ada', HISTORY);
    expect(say(ada, 'once', 'm1').type).toBe('ack');
    ada.drop();
    const again = client('ada', HISTORY);
    expect(say(again, 'once', 'm1').type).toBe('ack');
    expect(texts(bob)).toEqual(['once']);
    expect(texts(again)).toEqual(['once']);
  });

  it('[CHAT-2] the same id of another author is another message', () => {
    const { client } = virtualHub();
    const bob = client('bob', HISTORY);
    say(client('ada', HISTORY), 'mine', 'm1');
    say(bob, 'and mine', 'm1');
    expect(texts(bob)).toEqual(['mine', 'and mine']);
  });

  it('[CAP-2] an id of somebody without the cap is not read', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    say(ada, 'a', 'same');
    say(ada, 'b', 'same');
    expect(texts(ada)).toEqual(['a', 'b']);
  });

  it('[CHAT-4] a joiner is told the last hundred', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', HISTORY);
    for (let i = 0; i < 130; i += 1) {
      say(ada, `t${i}`, `m${i}`);
      time.pass(200);
    }
    const told = texts(client('bob', HISTORY));
    expect(told).toHaveLength(100);
    expect(told[0]).toBe('t30');
    expect(texts(client('plain'))).toEqual([]);
  });
});

describe('a long history', () => {
  it('[CHAT-4] [LIM-4] comes in frames that fit', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', HISTORY);
    for (let i = 0; i < 100; i += 1) {
      say(ada, '\u6f22'.repeat(2000));
      time.pass(200);
    }
    const parts = client('bob', HISTORY)
      .take()
      .filter(({ type }) => type === 'chat/history');
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThanOrEqual(64 * 1024);
    expect(parts.flatMap(({ payload }) => payload.messages)).toHaveLength(100);
  });
});

describe('restoring chat', () => {
  const restore = (one: FakeClient, messages: { id: string; text: string; tsMs: number }[]) =>
    one.ask('chat/restore', { roomId: ROOM, messages });

  it('[CHAT-5] members give back what each of them said, in order and once', () => {
    const { client, time } = virtualHub();
    const startMs = time.nowMs;
    const ada = client('ada', HISTORY);
    const bob = client('bob', HISTORY);
    const mine = [
      { id: 'a1', text: 'first', tsMs: startMs - 3000 },
      { id: 'a2', text: 'third', tsMs: startMs - 1000 },
    ];
    expect(restore(ada, mine).type).toBe('ack');
    restore(ada, mine);
    restore(bob, [{ id: 'b1', text: 'second', tsMs: startMs - 2000 }]);
    say(ada, 'now');
    expect(texts(bob)).toEqual(['first', 'third', 'second', 'now']);
    expect(texts(client('late', HISTORY))).toEqual(['first', 'second', 'third', 'now']);
  });

  it('[CHAT-5] nothing can be put behind what was said here, nor in another’s name', () => {
    const { client, time } = virtualHub();
    const startMs = time.nowMs;
    const eve = client('eve', HISTORY);
    time.pass(1000);
    say(client('ada', HISTORY), 'question');
    eve.take();
    const forged = { id: 'x', text: 'forged', tsMs: time.nowMs + 1e6, from: { userId: 'ada' } };
    restore(eve, [forged]);
    expect(eve.take()).toMatchObject([
      {
        type: 'chat/history',
        payload: { messages: [{ text: 'forged', from: { userId: 'eve' }, tsMs: startMs }] },
      },
    ]);
    expect(texts(client('late', HISTORY))).toEqual(['forged', 'question']);
  });

  it('[CHAT-5] it cannot push out what the room knows, and is not told in vain', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', HISTORY);
    for (let i = 0; i < 100; i += 1) {
      say(ada, `t${i}`);
      time.pass(200);
    }
    const eve = client('eve', HISTORY);
    eve.take();
    restore(eve, [{ id: 'x', text: 'old', tsMs: 1 }]);
    expect(eve.take()).toEqual([]);
    expect(texts(client('late', HISTORY))[0]).toBe('t0');
  });

  it('[CHAT-5] [CAP-2] it takes the cap', () => {
    const { client } = virtualHub();
    expect(restore(client('ada'), []).payload).toMatchObject({ code: 'unauthorized' });
  });
});
