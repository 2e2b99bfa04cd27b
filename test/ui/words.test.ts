import { describe, expect, it } from 'vitest';
import { problemCode } from '../../src/messaging/view.ts';
import type { MemberReport } from '../../src/protocol/index.ts';
import { PROBLEMS } from '../../src/ui/text/problems.ts';
import { adLeftWords, driftWords, memberWords, playbackWords, serverName } from '../../src/ui/text/words.ts';
import { member } from './scenes.ts';

const ana = (report: MemberReport) => member('ana', 'Ana', report);

describe('a member', () => {
  it.each<[MemberReport, string]>([
    [{ state: 'ready', driftMs: 3 }, 'In sync'],
    [{ state: 'ready', driftMs: -400 }, 'Catching up'],
    [{ state: 'ready' }, 'Ready'],
    [{ state: 'ad' }, 'Watching an ad'],
    [{ state: 'blocked' }, 'Has to press play'],
    [{ state: 'lost' }, 'Connection lost'],
  ])('reporting %j is called %s', (report, words) => expect(memberWords(ana(report)).text).toBe(words));

  it('is told what to do when it is oneself', () => {
    expect(memberWords(member('me', 'Noor', { state: 'blocked' })).text).toBe('Press play in the player');
  });

  it.each<[MemberReport, string | null]>([
    [{ state: 'ready', driftMs: 3.2, boundMs: 1.4 }, '+3 ms ±2'],
    [{ state: 'ready', driftMs: -0.4, boundMs: 1 }, '0 ms ±1'],
    [{ state: 'ready', driftMs: -12 }, '−12 ms'],
    [{ state: 'buffering', driftMs: -2300, boundMs: 4 }, '−2 s'],
    [{ state: 'lost', driftMs: 3 }, null],
    [{ state: 'ad' }, null],
  ])('reporting %j is off by %s', (report, words) => expect(driftWords(ana(report))).toBe(words));
});

it.each<[Parameters<typeof playbackWords>[0], string]>([
  [null, 'Not started'],
  [{ playing: true, rate: 1, held: null }, 'Playing'],
  [{ playing: true, rate: 1, held: { reason: 'start', waitingFor: [], untilMs: 0 } }, 'Starting'],
  [{ playing: false, rate: 1.25, held: null }, 'Paused ×1.25'],
])('playback %j reads %s', (playback, words) => expect(playbackWords(playback)).toBe(words));

it('a server on this machine is called so', () => {
  expect(serverName('ws://127.0.0.1:8787')).toBe('this computer (127.0.0.1:8787)');
  expect(serverName('wss://party.example.org')).toBe('party.example.org');
});

it.each(problemCode.options)('the problem %s has a sentence', (code) => {
  expect(PROBLEMS[code].text).toMatch(/^[A-Z].*\.$/);
});

it.each([
  [12_300, '13 s left'],
  [150_000, '3 min left'],
  [0, null],
  [-500, null],
  [undefined, null],
])('an ad that ends in %s ms: %s', (inMs, words) => {
  const ana = member('ana', 'Ana', { state: 'ad' });
  expect(adLeftWords(inMs === undefined ? ana : { ...ana, adUntilMs: 5000 + inMs }, 5000)).toBe(words);
});
