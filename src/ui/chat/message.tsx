import type { ChatView } from '../../messaging/view.ts';
import type { ChatRef } from '../../protocol/index.ts';
import { MessageReactions, type Reactor } from './message-reactions.tsx';
import { isToMe, richText, type Piece } from './rich-text.ts';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** One message. `follows`: the same person said the one above just before, so the name is only for who cannot see. */
export function Message(props: {
  message: ChatView;
  follows: boolean;
  members: readonly Reactor[];
  onRetry: (id: string) => void;
  /** Unset where this person may not move the film. */
  onSeek?: ((positionSec: number) => void) | undefined;
  onReact: (to: ChatRef, emoji: string, on: boolean) => void;
}) {
  const { message, follows, members } = props;
  const { mine, delivery } = message;
  const said = new Date(message.tsMs);
  return (
    <div
      class={`message ${mine ? 'mine' : ''} ${follows ? 'follows' : ''} ${delivery} ${!mine && isToMe(message.text, members) ? 'to-me' : ''}`}
    >
      <p class={follows || mine ? 'visually-hidden' : 'message-from'}>
        {mine ? 'You' : <bdi>{message.from.displayName}</bdi>}
      </p>
      <p class="bubble" dir="auto">
        <RichText pieces={richText(message.text, members)} onSeek={props.onSeek} />
      </p>
      <div class="message-foot">
        <p class="message-meta">
          {delivery === 'sent' && <time dateTime={said.toISOString()}>{clock.format(said)}</time>}
          {delivery === 'sending' && 'Sending…'}
          {delivery === 'failed' && (
            <>
              <span class="bad-text">Not sent</span>
              <button type="button" class="link" onClick={() => props.onRetry(message.id)}>
                Retry
              </button>
            </>
          )}
        </p>
        {delivery === 'sent' && (
          <MessageReactions
            reactions={message.reactions ?? []}
            members={members}
            onReact={(emoji, on) => props.onReact({ userId: message.from.userId, id: message.id }, emoji, on)}
          />
        )}
      </div>
    </div>
  );
}

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
