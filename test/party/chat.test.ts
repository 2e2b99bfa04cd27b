import { describe, expect, it } from 'vitest';
import { encode, LIMITS, type ServerPayload } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM, settle, start } from './support.ts';

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

/** In again; the room’s history as the server tells it. */
function backWith(driver: Driver, history: ServerPayload<'chat/history'>['messages']): Driver {
  driver.told('server/hello', { v: 1, nowMs: 5_000_000, caps: ['history'] });
  const { requestId } = driver.sentOne('room/join');
  driver.told('room/joined', joinedPayload);
  if (history.length > 0) driver.told('chat/history', { roomId: ROOM, messages: history });
  return driver.ack(requestId);
}

describe('a line of one’s own', () => {
  it('is there at once, and sent when the server has it', () => {
    const driver = say(online(), 'c1');
    expect(read(driver)).toEqual(['c1 sending']);
    const { requestId } = driver.sentOne('chat/send');
    driver.told('chat/message', { roomId: ROOM, ...entry('c1', 50, ada) }).ack(requestId);
    expect(read(driver)).toEqual(['c1 sent']);
    expect(driver.session.chat.messages[0]).toMatchObject({ tsMs: 50, mine: true });
  });

  it('typed without a connection goes out after coming back, under the same id', () => {
    const driver = say(comeBack(online()), 'c1');
    expect(driver.types()).toEqual([]);
    expect(backWith(driver, []).sentOne('chat/send').payload).toMatchObject({ id: 'c1', text: 'c1' });
  });

  it('[CHAT-3] that had arrived before the loss is not said again', () => {
    const driver = backWith(comeBack(say(online(), 'c1')), [entry('c1', 50, ada)]);
    expect(driver.types()).not.toContain('chat/send');
    expect(read(driver)).toEqual(['c1 sent']);
  });

  it('[LIM-3] said too fast is sent again by itself, when the server says', () => {
    const driver = say(online(), 'c1');
    const { requestId } = driver.sentOne('chat/send');
    driver.told('error', { requestId, code: 'bad_request', message: 'slow', retryAfterMs: 700 });
    expect(read(driver)).toEqual(['c1 sending']);
    expect(driver.timers.get('resend_chat')).toBe(700);
    expect(driver.on({ type: 'timer', name: 'resend_chat' }).sentOne('chat/send').payload.id).toBe('c1');
  });

  it('refused for good says so, and can be tried again by hand', () => {
    const driver = say(online(), 'c1');
    const { requestId } = driver.sentOne('chat/send');
    driver.told('error', { requestId, code: 'internal', message: 'sorry' });
    expect(read(driver)).toEqual(['c1 failed']);
    expect(driver.on({ type: 'retry_chat', id: 'c1' }).types()).toEqual(['chat/send']);
  });

  it('comes back from a v1 server without its id, and is still one line', () => {
    const driver = say(online(joinedPayload, []), 'c1', 'hello');
    driver.told('chat/message', { roomId: ROOM, from: ada, text: 'hello', tsMs: 50 });
    expect(read(driver)).toEqual(['c1 sent']);
  });
});

describe('[CHAT-1] the order of the room', () => {
  it('is the server’s, with what is still under way below', () => {
    const driver = say(online(), 'mine');
    driver.told('chat/message', { roomId: ROOM, ...entry('late', 90) });
    driver.told('chat/history', { roomId: ROOM, messages: [entry('early', 10)] });
    expect(read(driver)).toEqual(['early sent', 'late sent', 'mine sending']);
  });

  it('is the order of telling where two lines share a moment', () => {
    const driver = online();
    driver.told('chat/history', { roomId: ROOM, messages: [entry('a', 10), entry('b', 20)] });
    driver.told('chat/history', { roomId: ROOM, messages: [entry('b', 5), entry('a', 5)] });
    expect(read(driver)).toEqual(['b sent', 'a sent']);
  });

  it('holds each line once, however often it is told', () => {
    const driver = online();
    for (let time = 0; time < 3; time++) driver.told('chat/message', { roomId: ROOM, ...entry('a', 10) });
    expect(read(driver)).toEqual(['a sent']);
  });

  it('keeps the last 200 lines', () => {
    const driver = online();
    for (let at = 0; at < 230; at++) driver.told('chat/message', { roomId: ROOM, ...entry(`m${at}`, at) });
    expect(driver.session.chat.messages).toHaveLength(200);
    expect(driver.session.chat.messages[0]?.id).toBe('m30');
  });
});

describe('[CHAT-5] what the server has forgotten', () => {
  const withLines = (count: number, text = 'x') => {
    const driver = online();
    for (let at = 0; at < count; at++) {
      driver.told('chat/message', { roomId: ROOM, ...entry(`m${at}`, at, ada), text });
    }
    return comeBack(driver);
  };
  const restored = (driver: Driver) => driver.sent().filter(({ type }) => type === 'chat/restore');

  it('is given back by its author', () => {
    const driver = withLines(3);
    driver.told('chat/message', { roomId: ROOM, ...entry('of-bob', 9) });
    const [batch] = restored(backWith(driver, [entry('m1', 1, ada)]));
    expect(batch?.payload).toMatchObject({ messages: [{ id: 'm0' }, { id: 'm2' }] });
  });

  it('is nothing where the room remembers all', () => {
    expect(restored(backWith(withLines(1), [entry('m0', 0, ada)]))).toEqual([]);
  });

  it('does not count what a full history merely has no room for', () => {
    const driver = withLines(3);
    const full = Array.from({ length: LIMITS.historyCount }, (_, at) => entry(`h${at}`, 100 + at));
    expect(restored(backWith(driver, full))).toEqual([]);
  });

  it('fits the frames, even where each character takes six bytes', () => {
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

  it('is not offered to a server without history', () => {
    const driver = withLines(2);
    settle(driver, joinedPayload, []);
    expect(driver.types()).toEqual([]);
  });
});
