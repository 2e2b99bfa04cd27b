import { useState } from 'preact/hooks';
import type { ChatReaction } from '../../protocol/index.ts';
import { SmileIcon } from '../components/icons.tsx';
import type { Named } from './rich-text.ts';
import { QuickReactions } from './quick-reactions.tsx';

export type Reactor = Named & { userId: string };

/** The emoji that a message was answered with, and the way to answer it. */
export function MessageReactions(props: {
  reactions: readonly ChatReaction[];
  members: readonly Reactor[];
  onReact: (emoji: string, on: boolean) => void;
}) {
  const { reactions, members, onReact } = props;
  const [choosing, setChoosing] = useState(false);
  const me = members.find(({ isMe }) => isMe)?.userId ?? '';
  return (
    <div class="reactions">
      {reactions.map(({ emoji, userIds }) => {
        const mine = userIds.includes(me);
        return (
          <button
            key={emoji}
            type="button"
            class="reaction"
            aria-pressed={mine}
            title={namesOf(userIds, members)}
            onClick={() => onReact(emoji, !mine)}
          >
            <span dir="ltr">
              <span class="reaction-sign">{emoji}</span> {userIds.length}
            </span>
            <span class="visually-hidden"> {namesOf(userIds, members)}</span>
          </button>
        );
      })}
      <button
        type="button"
        class="reaction add"
        aria-expanded={choosing}
        onClick={() => setChoosing(!choosing)}
      >
        <SmileIcon />
        <span class="visually-hidden">React</span>
      </button>
      {choosing && (
        <QuickReactions
          label="React with"
          onPick={(emoji) => {
            setChoosing(false);
            onReact(emoji, true);
          }}
        />
      )}
    </div>
  );
}

function namesOf(userIds: readonly string[], members: readonly Reactor[]): string {
  const name = (userId: string) => {
    const found = members.find((member) => member.userId === userId);
    return found ? (found.isMe ? 'You' : found.displayName) : 'Somebody who left';
  };
  return userIds.map(name).join(', ');
}
