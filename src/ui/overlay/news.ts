import type { MemberView, PartyView } from '../../messaging/view.ts';

/** Something that happened to the party, worth a word over the film. */
export interface News {
  /** The same of the same person again is no news for a while. */
  key: string;
  name: string;
  text: string;
}

/** What is different between two views of the same party. */
export function newsOf(before: PartyView, now: PartyView): News[] {
  // Whoever lost the connection learns anew who is there: nobody came or went for that.
  if (before.connection !== 'online' || now.connection !== 'online') return [];
  const [were, are] = [byId(before.members), byId(now.members)];
  const news: News[] = [];
  const add = (kind: string, { userId, displayName }: MemberView, text: string) =>
    news.push({ key: `${kind} ${userId}`, name: displayName, text });
  for (const member of now.members) {
    const was = were.get(member.userId);
    if (member.isMe) {
      if (member.isHost && was && !was.isHost)
        add('host', { ...member, displayName: 'You' }, 'are the host now');
      continue;
    }
    if (!was) add('joined', member, 'joined');
    else if (member.isHost && !was.isHost) add('host', member, 'is the host now');
    if (member.report.state === 'ad' && was?.report.state !== 'ad') add('ad', member, 'has an ad');
    if (member.report.state === 'lost' && was && was.report.state !== 'lost')
      add('lost', member, 'lost the connection');
  }
  for (const member of before.members) if (!are.has(member.userId)) add('left', member, 'left');
  return news;
}

function byId(members: readonly MemberView[]): Map<string, MemberView> {
  return new Map(members.map((member) => [member.userId, member]));
}
