import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chatItem,
  lineKey,
  setDelivery,
  addFromServer,
  addLocal,
  setReaction,
  type ChatItem,
} from '../../src/party/chat-log.ts';
import {
  lenientArray,
  restoreSession,
  savedSession,
  saveSession,
  startSession,
} from '../../src/party/index.ts';
import { LIMITS, type ChatEntry } from '../../src/protocol/index.ts';
import { Driver, online, ROOM, start } from './support.ts';

const ada = start.me;
const [bob, eve] = [
  { userId: 'bob', displayName: 'Bob' },
  { userId: 'eve', displayName: 'Eve' },
];
const entry = (from: typeof bob, id: string, text: string, tsMs: number): ChatEntry => ({
  ...{ id, from, text, tsMs },
});
const read = (log: readonly ChatItem[]) => log.map(({ from, text }) => `${from.displayName}: ${text}`);

describe('[CHAT-2] a message is identified by its author and its id', () => {
  const ids = fc.constantFrom('1', '2', '3');
  const someonesLine = fc.record({
    from: fc.constantFrom(bob, eve),
    id: ids,
    text: fc.string({ minLength: 1 }),
  });
  const evesDoing = fc.oneof(
    fc.record({ does: fc.constant('says' as const), id: ids }),
    fc.record({ does: fc.constant('is in the history' as const), id: ids }),
    fc.record({ does: fc.constant('answers her own' as const), id: ids }),
  );

  it('No choice of ids moves, replaces or hides another author’s message.', () => {
    fc.assert(
      fc.property(fc.array(someonesLine), fc.array(ids), fc.array(evesDoing), (told, own, doings) => {
        let log: readonly ChatItem[] = [];
        let tsMs = 0;
        for (const { from, id, text } of told) log = addFromServer(log, [entry(from, id, text, ++tsMs)], ada);
        for (const id of own) log = addLocal(log, ada, id, `own ${id}`, ++tsMs);
        const others = () => log.filter(({ from }) => from.userId !== 'eve');
        const before = others();
        for (const { does, id } of doings) {
          const said = entry(eve, id, `${does} ${id}`, ++tsMs);
          if (does === 'answers her own') {
            const by = { fromUserId: 'eve', emoji: '👍', on: true };
            log = setReaction(log, { userId: 'eve', id }, by);
          } else log = addFromServer(log, does === 'says' ? [said] : [entry(bob, 'x', 'x', 0), said], ada);
        }
        expect(others().filter(({ id }) => id !== 'x')).toEqual(before);
        const keys = log.map(lineKey);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('Two messages of one id are both shown, to a newcomer too.', () => {
    const driver = online().receive('chat/history', {
      roomId: ROOM,
      messages: [entry(bob, '1', 'of Bob', 1), entry(eve, '1', 'of Eve', 2)],
    });
    expect(read(driver.session.chat.messages)).toEqual(['Bob: of Bob', 'Eve: of Eve']);
  });

  it('Only the user’s own message fails, and is tried again.', () => {
    const log = addLocal(addFromServer([], [entry(eve, '1', 'hers', 1)], ada), ada, '1', 'mine', 2);
    expect(setDelivery(log, '1', 'failed').map(({ delivery }) => delivery)).toEqual(['sent', 'failed']);
  });

  it('The session restores a forgotten message, though another author’s message has that id.', () => {
    const driver = online();
    driver.receive('chat/message', { roomId: ROOM, ...entry(ada, '1', 'of Ada', 5) });
    driver.on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });
    driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: ['history'] });
    const { requestId } = driver.sentOne('room/join');
    driver.receive('room/joined', { roomId: ROOM, you: ada, peers: [] });
    driver.receive('chat/history', { roomId: ROOM, messages: [entry(eve, '1', 'of Eve', 6)] });
    driver.ack(requestId);
    expect(driver.sentOne('chat/restore').payload.messages).toMatchObject([{ id: '1', text: 'of Ada' }]);
  });

  it('The session recognises an own message that was typed under another userId.', () => {
    const log = addLocal([], { ...ada, userId: 'ada before' }, '1', 'mine', 1);
    const echoed = addFromServer(log, [entry(ada, '1', 'mine', 9)], ada);
    expect(echoed).toMatchObject([{ text: 'mine', mine: true, delivery: 'sent', tsMs: 9 }]);
  });
});

const LINES = lenientArray(chatItem);

describe('an unreadable message', () => {
  const good: ChatItem = { ...entry(bob, '1', 'hello', 1), mine: false, delivery: 'sent' };

  it('An unreadable message is dropped alone.', () => {
    expect(LINES.parse([{ ...good, tsMs: 'never' }, good])).toEqual([good]);
  });

  it('An unreadable part of a saved session is dropped alone.', () => {
    const session = startSession(start);
    const saved = saveSession({ ...session, chat: { ...session.chat, messages: [good] } }, 0, 0);
    const odd = { userId: 7, displayName: 'Bob' };
    const stored = {
      ...saved,
      chat: {
        messages: [{ ...good, text: 7 }, ...saved.chat.messages],
        notices: [{ id: '1', tsMs: 1, kind: 'joined', about: odd }],
      },
      room: { ...saved.room, peers: [{ ...odd, report: { state: 'ready' } }] },
    };
    const restored = restoreSession(savedSession.parse(stored), 0, 0);
    expect(restored).toMatchObject({ chat: { messages: [good], notices: [] }, room: { peers: [] } });
  });

  it('A message never gets more emoji than it can be read back with.', () => {
    let log = addFromServer([], [entry(bob, '1', 'hello', 1)], ada);
    for (let at = 0; at < 2 * LIMITS.reactionsCount; at += 1) {
      const emoji = String.fromCodePoint(0x1f600 + at);
      log = setReaction(log, { userId: 'bob', id: '1' }, { fromUserId: 'eve', emoji, on: true });
    }
    expect(LINES.parse(log)).toHaveLength(1);
  });
});

it.each(['__proto__', 'constructor', 'toString'])('A reply to %s is a reply to no request.', (requestId) => {
  const driver = new Driver(online().session);
  const before = driver.session;
  driver.ack(requestId).receive('error', { requestId, code: 'internal', message: 'no' });
  expect(driver.session).toEqual(before);
});
