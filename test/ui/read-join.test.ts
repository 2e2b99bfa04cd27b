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
  [
    `“https://a.example/join/film#k=${key}”, she said`,
    { kind: 'invite', invite: { ...there, roomKey: key } },
  ],
  [`<https://a.example/join/film%23k%3D${key}>`, { kind: 'invite', invite: { ...there, roomKey: key } }],
  [`«https://a.example/join/film»`, { kind: 'invite', invite: there }],
  [`来吧:https://a.example/join/film。`, { kind: 'invite', invite: there }],
  [
    `https://films.example/1 is on, come to https://a.example/join/film#k=${key} tonight`,
    { kind: 'invite', invite: { ...there, roomKey: key } },
  ],
  [`(a.example/join/film#k=${key})`, { kind: 'invite', invite: { ...there, roomKey: key } }],
  ['localhost:8787/join/film', { kind: 'invite', invite: { ...there, serverUrl: 'ws://localhost:8787' } }],
  [`film#k=${key}.`, { kind: 'room', invite: { serverUrl: OWN, roomId: 'film', roomKey: key } }],
  ['film\u200b', { kind: 'room', invite: { serverUrl: OWN, roomId: 'film', roomKey: null } }],
  [' film night ', { kind: 'room', invite: { serverUrl: OWN, roomId: 'film night', roomKey: null } }],
  ['  ', { kind: 'empty' }],
])('%s reads as a way in', (typed, read) => expect(readJoin(typed, OWN)).toEqual(read));

it.each([
  ['https://a.example/watch', /not an invite/],
  ['x'.repeat(129), /No party/],
  ['film#k=q83vEj', /No party/],
])('%s is answered with what to do', (typed, advice) => {
  const read = readJoin(typed, OWN);
  expect(read.kind === 'wrong' ? read.advice : '').toMatch(advice);
});
