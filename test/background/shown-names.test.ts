import { describe, expect, it } from 'vitest';
import { withShownNames } from '../../src/background/shown-names.ts';
import { member, party, said } from '../ui/scenes.ts';

const READY = { state: 'ready' } as const;
const peer = (userId: string, displayName: string) => ({ userId, displayName });

function shown(change: Parameters<typeof party>[0], present: { userId: string; displayName: string }[]) {
  const view = party(change).party;
  if (!view) throw new Error('no party');
  const { members, chat, notices } = withShownNames(view, present);
  return {
    members: members.map(({ displayName }) => displayName),
    chat: chat.map(({ from }) => from.displayName),
    notices: notices.map(({ about, by, before }) =>
      [about, by].map((one) => one?.displayName).concat(before),
    ),
  };
}

describe('names in the view', () => {
  it('are told apart by presence in members, chat and notices; one’s own is as typed', () => {
    const members = [
      member('me', 'Ana', READY),
      member('real', 'Ana', READY),
      member('late', '\u0410na', READY),
    ];
    const chat = [said('1', 'late', '\u0410na', 'it is me'), said('2', 'real', 'Ana', 'no')];
    const notices = [{ id: 'n', tsMs: 1, kind: 'host' as const, about: peer('late', '\u0410na') }];
    const present = [peer('real', 'Ana'), peer('me', 'Ana'), peer('late', '\u0410na')];
    expect(shown({ members, chat, notices }, present)).toEqual({
      members: ['Ana', 'Ana', '\u0410na (3)'],
      chat: ['\u0410na (3)', 'Ana'],
      notices: [['\u0410na (3)', undefined, undefined]],
    });
  });

  it('leave the name of who is here to them, whoever left or was called so before', () => {
    const members = [member('me', 'Me', READY), member('real', 'Ana', READY), member('eve', 'Eve', READY)];
    const chat = [said('1', 'gone', 'Ana', 'bye'), said('2', 'eve', 'Ana', 'hello')];
    const notices = [
      { id: 'n', tsMs: 1, kind: 'renamed' as const, about: peer('eve', 'Eve'), before: 'Ana' },
      { id: 'm', tsMs: 1, kind: 'left' as const, about: peer('gone', 'Ana') },
    ];
    const present = [peer('me', 'Me'), peer('eve', 'Eve'), peer('real', 'Ana')];
    expect(shown({ members, chat, notices }, present)).toEqual({
      members: ['Me', 'Ana', 'Eve'],
      chat: ['Ana (3)', 'Ana (2)'],
      notices: [
        ['Eve', undefined, 'Ana (2)'],
        ['Ana (3)', undefined, undefined],
      ],
    });
  });

  it('leave the name to whoever had it last, when nobody of that name is here any more', () => {
    const members = [member('me', 'Me', READY)];
    const notices = [
      { id: '1', tsMs: 1, kind: 'left' as const, about: peer('ben-before', 'Ben') },
      { id: '2', tsMs: 2, kind: 'removed' as const, about: peer('ben-again', 'Ben') },
    ];
    expect(shown({ members, chat: [], notices }, [peer('me', 'Me')]).notices).toEqual([
      ['Ben (2)', undefined, undefined],
      ['Ben', undefined, undefined],
    ]);
  });
});
