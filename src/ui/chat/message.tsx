import type { ChatView } from '../../messaging/view.ts';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** One message. `follows`: the same person said the one above just before, so the name is only for who cannot see. */
export function Message(props: { message: ChatView; follows: boolean; onRetry: (id: string) => void }) {
  const { message, follows } = props;
  const { mine, delivery } = message;
  const said = new Date(message.tsMs);
  return (
    <div class={`message ${mine ? 'mine' : ''} ${follows ? 'follows' : ''} ${delivery}`}>
      <p class={follows || mine ? 'visually-hidden' : 'message-from'}>
        {mine ? 'You' : <bdi>{message.from.displayName}</bdi>}
      </p>
      <p class="bubble" dir="auto">
        {message.text}
      </p>
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
    </div>
  );
}
