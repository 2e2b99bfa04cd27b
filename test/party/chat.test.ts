import { describe, expect, it } from 'vitest';
import { encode, LIMITS, type ServerPayload } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM, completeJoin, start } from './support.ts';

const bob = { userId: 'bob', displayName: 'Bob' };
const ada = start.me;
const say = (driver: Driver, id: string, text = id) => driver.on({ type: 'send_chat', id, text });
const entry = (id: string, tsMs: number, from = bob): ServerPayload<'chat/history'>['messages'][0] => ({
  id,
  from,
  text: id,
  tsMs,
});
const read = ({ session }: Driver) => session.chat.messages.map(({ id, delivery }) => `${id} ${delivery}`);
const comeBack = (driver: Driver) =>
  driver.on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });

/** Rejoins and receives the room’s history. */
function backWith(driver: Driver, history: ServerPayload<'chat/history'>['messages']): Driver {
  driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: ['history'] });
  const { requestId } = driver.sentOne('room/join');
  driver.receive('room/joined', joinedPayload);
  if (history.length > 0) driver.receive('chat/history', { roomId: ROOM, messages: history });
  return driver.ack(requestId);
}

describe('an own message', () => {
  it('The message is shown at once, and is sent when the server has it.', () => {
    const driver = say(online(), 'c1');
    expect(read(driver)).toEqual(['c1 sending']);
    const { requestId } = driver.sentOne('chat/send');
    driver.receive('chat/message', { roomId: ROOM, ...entry('c1', 50, ada) }).ack(requestId);
    expect(read(driver)).toEqual(['c1 sent']);
    expect(driver.session.chat.messages[0]).toMatchObject({ tsMs: 50, mine: true });
  });

  it('A message typed offline is sent after the rejoin, under the same id.', () => {
    const driver = say(comeBack(online()), 'c1');
    expect(driver.types()).toEqual([]);
    expect(backWith(driver, []).sentOne('chat/send').payload).toMatchObject({ id: 'c1', text: 'c1' });
  });

  it('[CHAT-3] A message that arrived before the loss is not sent again.', () => {
    const driver = backWith(comeBack(say(online(), 'c1')), [entry('c1', 50, ada)]);
    expect(driver.types()).not.toContain('chat/send');
    expect(read(driver)).toEqual(['c1 sent']);
  });

  it('[LIM-3] A message sent too fast is sent again by itself when the server allows.', () => {
    const driver = say(online(), 'c1');
    const { requestId } = driver.sentOne('chat/send');
    driver.receive('error', { requestId, code: 'bad_request', message: 'slow', retryAfterMs: 700 });
    expect(read(driver)).toEqual(['c1 sending']);
    expect(driver.timers.get('resend_chat')).toBe(700);
    expect(driver.on({ type: 'timer', name: 'resend_chat' }).sentOne('chat/send').payload.id).toBe('c1');
  });

  it('A message that is refused for good shows that, and the user can retry it.', () => {
    const driver = say(online(), 'c1');
    const { requestId } = driver.sentOne('chat/send');
    driver.receive('error', { requestId, code: 'internal', message: 'sorry' });
    expect(read(driver)).toEqual(['c1 failed']);
    expect(driver.on({ type: 'retry_chat', id: 'c1' }).types()).toEqual(['chat/send']);
  });

  it('The echo of a v1 server, which has no id, makes no second message.', () => {
    const driver = say(online(joinedPayload, []), 'c1', 'hello');
    driver.receive('chat/message', { roomId: ROOM, from: ada, text: 'hello', tsMs: 50 });
    expect(read(driver)).toEqual(['c1 sent']);
  });
});

describe('[CHAT-1] the order of the chat', () => {
  it('The server’s order counts, with undelivered messages below.', () => {
    const driver = say(online(), 'mine');
    driver.receive('chat/message', { roomId: ROOM, ...entry('late', 90) });
    driver.receive('chat/history', { roomId: ROOM, messages: [entry('early', 10)] });
    expect(read(driver)).toEqual(['early sent', 'late sent', 'mine sending']);
  });

  it('Messages of one moment keep the order in which they were sent.', () => {
    const driver = online();
    driver.receive('chat/history', { roomId: ROOM, messages: [entry('a', 10), entry('b', 20)] });
    driver.receive('chat/history', { roomId: ROOM, messages: [entry('b', 5), entry('a', 5)] });
    expect(read(driver)).toEqual(['b sent', 'a sent']);
  });

  it('Each message is shown once, however often it is sent.', () => {
    const driver = online();
    for (let time = 0; time < 3; time++) driver.receive('chat/message', { roomId: ROOM, ...entry('a', 10) });
    expect(read(driver)).toEqual(['a sent']);
  });

  it('The log keeps the last 200 messages.', () => {
    const driver = online();
    for (let at = 0; at < 230; at++) driver.receive('chat/message', { roomId: ROOM, ...entry(`m${at}`, at) });
    expect(driver.session.chat.messages).toHaveLength(200);
    expect(driver.session.chat.messages[0]?.id).toBe('m30');
  });
});

describe('[CHAT-5] messages that the server has forgotten', () => {
  const withLines = (count: number, text = 'x') => {
    const driver = online();
    for (let at = 0; at < count; at++) {
      driver.receive('chat/message', { roomId: ROOM, ...entry(`m${at}`, at, ada), text });
    }
    return comeBack(driver);
  };
  const restored = (driver: Driver) => driver.sent().filter(({ type }) => type === 'chat/restore');

  it('The author restores its own messages.', () => {
    const driver = withLines(3);
    driver.receive('chat/message', { roomId: ROOM, ...entry('of-bob', 9) });
    const [batch] = restored(backWith(driver, [entry('m1', 1, ada)]));
    expect(batch?.payload).toMatchObject({ messages: [{ id: 'm0' }, { id: 'm2' }] });
  });

  it('Nothing is restored to a room that remembers everything.', () => {
    expect(restored(backWith(withLines(1), [entry('m0', 0, ada)]))).toEqual([]);
  });

  it('A message that a full history has no room for does not count as forgotten.', () => {
    const driver = withLines(3);
    const full = Array.from({ length: LIMITS.historyCount }, (_, at) => entry(`h${at}`, 100 + at));
    expect(restored(backWith(driver, full))).toEqual([]);
  });

  it('The batches fit the frames, even if each character takes six bytes.', () => {
    const batches = restored(backWith(withLines(60, '\ud800'.repeat(LIMITS.chatTextChars)), []));
    const sizes = batches.map((message) => new TextEncoder().encode(encode(message)).length);
    expect(Math.max(...sizes)).toBeLessThan(LIMITS.frameBytes);
    expect(batches.length).toBeGreaterThan(1);
    const count = batches.reduce(
      (sum, { payload }) => sum + ('messages' in payload ? payload.messages.length : 0),
      0,
    );
    expect(count).toBe(60);
  });

  it('Nothing is restored to a server without history.', () => {
    const driver = withLines(2);
    completeJoin(driver, joinedPayload, []);
    expect(driver.types()).toEqual([]);
  });
});
