import { expect, it } from 'vitest';
import { SessionRunner } from '../../src/background/session-runner.ts';
import { step, type SavedSession } from '../../src/party/index.ts';
import { joinedPayload, ROOM, start } from '../party/support.ts';
import { FakeSocket } from './core-support.ts';
import { handTimers } from '../support/hand-timers.ts';

function runner(changed = () => undefined as unknown) {
  const timers = handTimers();
  const stored: (SavedSession | null)[] = [];
  const log: string[] = [];
  let socket: FakeSocket | null = null;
  const made = new SessionRunner({
    load: () => Promise.resolve(null),
    store: (saved) => {
      stored.push(saved);
      return Promise.resolve();
    },
    changed,
    offer: () => undefined,
    goTo: () => undefined,
    call: () => undefined,
    log: (message) => log.push(message),
    after: timers.after,
    nowMs: () => timers.nowMs,
    wallMs: () => 1e12 + timers.nowMs,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    openSocket: () => (socket = new FakeSocket()),
    step,
  });
  const join = () => {
    made.begin(start);
    if (!socket) throw new Error('no socket');
    socket.told('server/hello', { v: 1, nowMs: 5_000_000, caps: ['history', 'typing'] });
    socket.told('room/joined', joinedPayload);
    timers.pass(1000);
    stored.length = 0;
    return socket;
  };
  return { made, timers, stored, log, join };
}

const bobSays = (id: string) => ({
  roomId: ROOM,
  from: { userId: 'bob', displayName: 'Bob' },
  text: id,
  tsMs: 1,
  id,
});
const lines = (saved: SavedSession | null | undefined) => saved?.chat.messages.map(({ id }) => id);

it('stores a hundred changes in a second at most twelve times, and the last within 100 ms', () => {
  const { timers, stored, join } = runner();
  const socket = join();
  for (let at = 1; at <= 100; at += 1) {
    socket.told('chat/message', bobSays(`line ${at}`));
    if (at === 1) expect(lines(stored[0])).toEqual(['line 1']);
    timers.pass(10);
  }
  timers.pass(100);
  expect(stored.length).toBeLessThanOrEqual(12);
  expect(lines(stored.at(-1))).toHaveLength(100);
});

it('has stored what this person did once it is asked to keep it: the background may die the next moment', () => {
  const { made, stored, join } = runner();
  const socket = join();
  socket.told('chat/message', bobSays('b'));
  made.dispatch({ type: 'send_chat', id: 'mine', text: 'hello' });
  expect(lines(stored.at(-1))).toEqual(['b']);
  made.keep();
  expect(lines(stored.at(-1))).toEqual(['b', 'mine']);
});

it('has forgotten a party at once when it is left, and stores nothing of it later', () => {
  const { made, timers, stored, join } = runner();
  const socket = join();
  socket.told('chat/message', bobSays('a'));
  socket.told('chat/message', bobSays('b'));
  made.end();
  expect(stored.at(-1)).toBeNull();
  const { length } = stored;
  timers.pass(1000);
  expect(stored).toHaveLength(length);
});

it('does what the session wants done though the pages cannot be told', () => {
  let fails = false;
  const { made, log, join } = runner(() => {
    if (fails) throw new Error('beyond drawing');
  });
  const socket = join();
  fails = true;
  made.dispatch({ type: 'send_chat', id: 'mine', text: 'hello' });
  expect(socket.sent.at(-1)?.type).toBe('chat/send');
  expect(log.join()).toContain('beyond drawing');
});
