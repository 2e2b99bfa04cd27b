import type { Notice } from '../../protocol/index.ts';

/** Somebody in a sentence: at its beginning, and as the one it is done to. */
type Name = (who: Notice['about'], place: 'subject' | 'object') => string;

/** What happened to the party, in a sentence without its full stop. */
export function noticeWords(notice: Notice, myUserId: string | undefined): string {
  const name: Name = (who, place) => {
    if (!who) return place === 'subject' ? 'Somebody' : 'somebody';
    if (who.userId !== myUserId) return who.displayName;
    return place === 'subject' ? 'You' : 'you';
  };
  const { kind, about, before, by, control, waitPolicy, locked } = notice;
  switch (kind) {
    case 'joined':
      return `${name(about, 'subject')} joined`;
    case 'left':
      return `${name(about, 'subject')} left`;
    case 'removed':
      if (!by) return `${name(about, 'subject')} had to go: no key to this party`;
      return `${name(by, 'subject')} removed ${name(about, 'object')}${locked ? ' and locked the party' : ''}`;
    case 'host':
      if (by) return `${name(by, 'subject')} made ${name(about, 'object')} host`;
      return about?.userId === myUserId ? 'You are host now' : `${name(about, 'subject')} is host now`;
    case 'control':
      return control === 'host' ? 'Only the host controls now' : 'Everyone controls now';
    case 'wait_policy':
      return waitPolicy === 'wait'
        ? 'The party waits for who buffers now'
        : 'The party goes on without who buffers now';
    case 'lock':
      return `${name(by, 'subject')} ${locked ? 'locked' : 'unlocked'} the party`;
    case 'content':
      return `${name(by, 'subject')} moved the party to another film`;
    case 'renamed':
      return `${before ?? 'Somebody'} is called ${about?.displayName ?? 'otherwise'} now`;
  }
}
