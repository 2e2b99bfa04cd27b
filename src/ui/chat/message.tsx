import { Component } from 'preact';
import type { ChatView } from '../../messaging/view.ts';
import type { ChatReaction, ChatRef } from '../../protocol/index.ts';
import { Boundary } from '../components/boundary.tsx';
import { MessageReactions, type Reactor } from './message-reactions.tsx';
import { isToMe, richText, type Piece } from './rich-text.ts';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

interface MessageProps {
  message: ChatView;
  /** The same person said the one above just before, so the name is only for who cannot see. */
  follows: boolean;
  /** The same list for as long as nobody's name is another (`useSame`). */
  members: readonly Reactor[];
  /** These three are the same each time, or unset. */
  onRetry: (id: string) => void;
  /** Unset where this person may not move the film. */
  onSeek?: ((positionSec: number) => void) | undefined;
  onReact: (to: ChatRef, emoji: string, on: boolean) => void;
}

/** One message. Each view brings all of them anew; only what is another than before is drawn. */
export class Message extends Component<MessageProps> {
  override shouldComponentUpdate(next: MessageProps): boolean {
    const { props } = this;
    return (
      next.follows !== props.follows ||
      next.onSeek !== props.onSeek ||
      !isSame(next.message, props.message) ||
      (next.members !== props.members && namesMembers(next.message))
    );
  }

  override render(props: MessageProps) {
    return (
      <Boundary what="This message">
        <MessageDrawn {...props} />
      </Boundary>
    );
  }
}

function MessageDrawn({ message, follows, members, onRetry, onSeek, onReact }: MessageProps) {
  const { mine, delivery } = message;
  const said = new Date(message.tsMs);
  const pieces = richText(message.text, members);
  return (
    <div
      class={`message ${mine ? 'mine' : ''} ${follows ? 'follows' : ''} ${delivery} ${!mine && isToMe(pieces) ? 'to-me' : ''}`}
    >
      <p class={follows || mine ? 'visually-hidden' : 'message-from'}>
        {mine ? 'You' : <bdi>{message.from.displayName}</bdi>}
      </p>
      <p class="bubble" dir="auto">
        <RichText pieces={pieces} onSeek={onSeek} />
      </p>
      <div class="message-foot">
        <p class="message-meta">
          {delivery === 'sent' && <time dateTime={said.toISOString()}>{clock.format(said)}</time>}
          {delivery === 'sending' && 'Sending…'}
          {delivery === 'failed' && (
            <>
              <span class="bad-text">Not sent</span>
              <button type="button" class="link" onClick={() => onRetry(message.id)}>
                Retry
              </button>
            </>
          )}
        </p>
        {delivery === 'sent' && (
          <MessageReactions
            reactions={message.reactions ?? []}
            members={members}
            onReact={(emoji, on) => onReact({ userId: message.from.userId, id: message.id }, emoji, on)}
          />
        )}
      </div>
    </div>
  );
}

function isSame(a: ChatView, b: ChatView): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.from.userId === b.from.userId &&
      a.from.displayName === b.from.displayName &&
      a.text === b.text &&
      a.tsMs === b.tsMs &&
      a.mine === b.mine &&
      a.delivery === b.delivery &&
      sameReactions(a.reactions, b.reactions))
  );
}

function sameReactions(a: readonly ChatReaction[] = [], b: readonly ChatReaction[] = []): boolean {
  return (
    a.length === b.length &&
    a.every(({ emoji, userIds }, at) => emoji === b[at]?.emoji && sameList(userIds, b[at].userIds))
  );
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each, at) => each === b[at]);

/** Whether it is drawn with names of the members: those who are spoken to, and who has answered. */
const namesMembers = ({ text, reactions }: ChatView) => text.includes('@') || reactions !== undefined;

function RichText(props: { pieces: Piece[]; onSeek?: ((positionSec: number) => void) | undefined }) {
  const { pieces, onSeek } = props;
  return pieces.map((piece, at) => {
    switch (piece.kind) {
      case 'link':
        return (
          <a key={at} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        );
      case 'time':
        if (!onSeek) return piece.text;
        return (
          <button key={at} type="button" class="link" onClick={() => onSeek(piece.positionSec)}>
            {piece.text}
            <span class="visually-hidden"> (go there, for everybody)</span>
          </button>
        );
      case 'mention':
        return (
          <strong key={at} class="mention">
            {piece.text}
          </strong>
        );
      case 'text':
        return piece.text;
    }
  });
}
