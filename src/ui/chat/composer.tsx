import { useRef, useState } from 'preact/hooks';
import { LIMITS } from '../../protocol/index.ts';
import { Notice } from '../components/basics.tsx';
import { SendIcon, SmileIcon } from '../components/icons.tsx';
import { EmojiPicker } from './emoji-picker.tsx';

/** From here on the person is told how much is left. */
const COUNT_FROM = LIMITS.chatTextChars - 200;

/** Where a message is written: Enter sends, Shift+Enter starts a new line. */
export function Composer(props: {
  text: string;
  error: string | null;
  onInput: (text: string) => void;
  onSend: () => void;
}) {
  const { text, onInput, onSend } = props;
  const left = LIMITS.chatTextChars - text.length;
  const [picking, setPicking] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const close = () => {
    setPicking(false);
    box.current?.focus();
  };
  const insert = (emoji: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = box.current ?? {};
    const next = text.slice(0, selectionStart) + emoji + text.slice(selectionEnd);
    if (next.length <= LIMITS.chatTextChars) onInput(next);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    onSend();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {props.error !== null && <Notice>{props.error}</Notice>}
      <label class="visually-hidden" htmlFor="chat-text">
        Message
      </label>
      <div class="composer-row">
        <textarea
          ref={box}
          id="chat-text"
          rows={1}
          value={text}
          maxLength={LIMITS.chatTextChars}
          placeholder="Message"
          dir="auto"
          aria-describedby="chat-count"
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="icon-button quiet"
          aria-expanded={picking}
          onClick={() => setPicking(!picking)}
        >
          <SmileIcon />
          <span class="visually-hidden">Emoji</span>
        </button>
        <button type="submit" class="primary icon-button" disabled={text.trim() === ''}>
          <SendIcon />
          <span class="visually-hidden">Send</span>
        </button>
      </div>
      {picking && <EmojiPicker onPick={insert} onClose={close} />}
      <p id="chat-count" class="fine count" role="status">
        {text.length >= COUNT_FROM && `${left} characters left`}
      </p>
    </form>
  );
}
