import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/protocol/index.ts';
import { lines } from '../../src/ui/chat/lines.ts';
import { noticeWords } from '../../src/ui/text/notice-words.ts';
import { said } from './scenes.ts';

const ana = { userId: 'ana', displayName: 'Ana' };
const ben = { userId: 'ben', displayName: 'Ben' };
const notice = (kind: Notice['kind'], extra: Partial<Notice> = {}): Notice => ({
  id: kind,
  tsMs: 10,
  kind,
  ...extra,
});

describe('what happened', () => {
  it.each<[Notice, string]>([
    [notice('joined', { about: ben }), 'Ben joined'],
    [notice('joined', { about: ana }), 'You joined'],
    [notice('left', { about: ben }), 'Ben left'],
    [notice('removed', { about: ben, by: ana, locked: true }), 'You removed Ben and locked the party'],
    [notice('removed', { about: ana, by: ben }), 'Ben removed you'],
    [notice('host', { about: ben, by: ana }), 'You made Ben host'],
    [notice('host', { about: ana }), 'You are host now'],
    [notice('control', { control: 'host' }), 'Only the host controls now'],
    [notice('wait_policy', { waitPolicy: 'wait' }), 'The party waits for who buffers now'],
    [notice('lock', { by: ben, locked: false }), 'Ben unlocked the party'],
    [notice('content', { by: ben }), 'Ben moved the party to another film'],
  ])('%# reads %s', (what, words) => expect(noticeWords(what, 'ana')).toBe(words));

  it('stands among the chat by time, and above what is still being sent', () => {
    const at = (id: string, tsMs: number) => ({ ...said(id, 'ben', 'Ben', id), tsMs });
    const sending = { ...at('mine', 1), delivery: 'sending' as const };
    const all = lines(
      [at('a', 5), at('b', 20), sending],
      [notice('joined', { tsMs: 5 }), notice('left', { tsMs: 15 }), notice('lock', { tsMs: 99 })],
    );
    expect(all.map(({ message, notice }) => message?.id ?? notice?.id)).toEqual([
      ...['joined', 'a', 'left', 'b', 'lock', 'mine'],
    ]);
  });
});
