import { expect, it } from 'vitest';
import { Unread } from '../../src/background/unread.ts';
import { said } from '../ui/scenes.ts';

const room = (...ids: string[]) => ({
  roomId: 'otter',
  chat: ids.map((id) => said(id, id.startsWith('me') ? 'me' : 'ana', 'Ana', 'hello')),
});

it('counts what others said since the chat was last shown, and not what was said before one came', () => {
  const unread = new Unread();
  expect(unread.count(null)).toBe(0);
  expect(unread.count(room('1', '2'))).toBe(0);
  expect(unread.count(room('1', '2', 'me1', '3', '4'))).toBe(2);
  unread.seen(room('1', '2', 'me1', '3', '4'));
  expect(unread.count(room('1', '2', 'me1', '3', '4'))).toBe(0);
  expect(unread.count(room('1', '2', 'me1', '3', '4', '5'))).toBe(1);
});

it('[CHAT-2] is not misled by two who chose the same id', () => {
  const unread = new Unread();
  const chat = [said('1', 'ana', 'Ana', 'a'), said('2', 'ana', 'Ana', 'b')];
  unread.seen({ roomId: 'otter', chat });
  const eves = said('2', 'eve', 'Eve', 'c');
  expect(unread.count({ roomId: 'otter', chat: [...chat, eves] })).toBe(1);
  unread.seen({ roomId: 'otter', chat: [...chat, eves] });
  expect(unread.count({ roomId: 'otter', chat: [...chat, eves] })).toBe(0);
});

it('counts from nothing in a room where nobody had spoken, and anew in another', () => {
  const unread = new Unread();
  expect(unread.count(room())).toBe(0);
  expect(unread.count(room('1'))).toBe(1);
  expect(unread.count({ ...room('7', '8'), roomId: 'badger' })).toBe(0);
});
