import type { PartyView } from '../messaging/view.ts';
import { tellApart, type Notice, type Peer } from '../protocol/index.ts';

type Named = Pick<PartyView, 'members' | 'chat' | 'notices'>;

/**
 * The party with people of equal names told apart, `present` being those in the room in the order of presence. Whose view it is
 * finds their own name as they typed it.
 */
export function withShownNames<V extends Named>(view: V, present: readonly Peer[]): V {
  const { members, chat, notices } = view;
  const nameOf = tellApart([...present, ...mentioned(chat, notices)]);
  const me = members.find(({ isMe }) => isMe);
  const shown = <P extends Peer>(person: P): P =>
    person.userId === me?.userId ? person : { ...person, displayName: nameOf(person) };
  return {
    ...view,
    members: members.map(shown),
    chat: chat.map((message) => ({ ...message, from: shown(message.from) })),
    notices: notices.map((notice) => {
      const { about, by, before } = notice;
      return {
        ...notice,
        ...(about && { about: shown(about) }),
        ...(about &&
          before !== undefined && { before: shown({ ...about, displayName: before }).displayName }),
        ...(by && { by: shown(by) }),
      };
    }),
  };
}

/**
 * Who has left, or was called otherwise, comes behind those who are here; whoever was heard of last comes first, since one who
 * comes and goes has another id each time, and is still the one that a sentence is about.
 */
function mentioned(chat: Named['chat'], notices: Named['notices']): Peer[] {
  const said = chat.map(({ tsMs, from }) => ({ tsMs, people: [from] }));
  const told = notices.map((notice) => ({ tsMs: notice.tsMs, people: peopleIn(notice) }));
  return [...said, ...told]
    .reverse()
    .toSorted((a, b) => b.tsMs - a.tsMs)
    .flatMap(({ people }) => people);
}

const peopleIn = ({ about, by, before }: Notice): Peer[] => [
  ...(about ? [about] : []),
  ...(about && before !== undefined ? [{ ...about, displayName: before }] : []),
  ...(by ? [by] : []),
];
