import { expect, it } from 'vitest';
import { readJoin } from '../../src/ui/home/read-join.ts';

const OWN = 'wss://own.example';
const there = { serverUrl: 'wss://a.example', roomId: 'film', roomKey: null };
const key = 'q83vEjRWeJASNFZ4kBI0Vg';

it.each([
  ['https://a.example/join/film', { kind: 'invite', invite: there }],
  ['Join me: https://a.example/join/film.', { kind: 'invite', invite: there }],
  ['(https://a.example/join/film)', { kind: 'invite', invite: there }],
  [`come https://a.example/join/film#k=${key}.`, { kind: 'invite', invite: { ...there, roomKey: key } }],
  [' film night ', { kind: 'room', invite: { serverUrl: OWN, roomId: 'film night', roomKey: null } }],
  ['  ', { kind: 'empty' }],
])('%s reads as a way in', (typed, read) => expect(readJoin(typed, OWN)).toEqual(read));

it.each([
  ['https://a.example/watch', /not an invite/],
  ['x'.repeat(129), /No party/],
])('%s is answered with what to do', (typed, advice) => {
  const read = readJoin(typed, OWN);
  expect(read.kind === 'wrong' ? read.advice : '').toMatch(advice);
});
