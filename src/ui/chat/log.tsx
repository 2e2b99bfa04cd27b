import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatView } from '../../messaging/view.ts';
import { lineKey } from '../../party/index.ts';
import type { ChatRef, Notice } from '../../protocol/index.ts';
import { useSame } from '../hooks.ts';
import { noticeWords } from '../text/notice-words.ts';
import { Boundary } from '../components/boundary.tsx';
import { lines } from './lines.ts';
import type { Reactor } from './message-reactions.tsx';
import { Message } from './message.tsx';

/** Within this of the end counts as being there: fractional scroll positions never reach it exactly. */
const AT_END_PX = 24;
const SAME_BREATH_MS = 3 * 60_000;

/** What was said. Follows the newest message unless the person scrolled back to read. */
export function ChatLog(props: {
  chat: ChatView[];
  notices: Notice[];
  members: readonly Reactor[];
  onRetry: (id: string) => void;
  onSeek?: ((positionSec: number) => void) | undefined;
  onReact: (to: ChatRef, emoji: string, on: boolean) => void;
}) {
  const { chat, notices } = props;
  const members = useNames(props.members);
  const myUserId = members.find(({ isMe }) => isMe)?.userId;
  const all = lines(chat, notices);
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [unseen, setUnseen] = useState(false);
  const last = chat.at(-1);
  const lastKey = last && lineKey(last);

  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd.current || last?.delivery === 'sending') toEnd();
    else setUnseen(true);
    // A message is news once, not again when its delivery changes.
  }, [lastKey]);
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
  }, [chat, notices]);
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    // What stands above it grows and shrinks: faces, members, a question.
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    observer.observe(current);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    if (!box.current) return;
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    atEnd.current = scrollHeight - scrollTop - clientHeight <= AT_END_PX;
    if (atEnd.current) setUnseen(false);
  };
  return (
    <div class="chat-log-frame">
      <div
        class="chat-log"
        ref={box}
        role="log"
        aria-live="polite"
        aria-label="Chat"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled box must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        {chat.length === 0 && <p class="fine empty">No messages yet. Say hello.</p>}
        {all.map(({ message, notice }, at) =>
          notice ? (
            <p key={`notice ${notice.id}`} class="chat-notice fine" dir="auto">
              <Boundary what="What happened here">{noticeWords(notice, myUserId)}</Boundary>
            </p>
          ) : (
            <Message
              key={`message ${lineKey(message)}`}
              message={message}
              follows={inOneBreath(all[at - 1]?.message, message)}
              members={members}
              onRetry={props.onRetry}
              onSeek={props.onSeek}
              onReact={props.onReact}
            />
          ),
        )}
      </div>
      {unseen && (
        <button type="button" class="small to-end" onClick={toEnd}>
          New messages
        </button>
      )}
    </div>
  );
}

/** Who can be spoken to: another list only when somebody came, went or has another name, not with each report of a player. */
function useNames(members: readonly Reactor[]): readonly Reactor[] {
  const named = members.map(({ userId, displayName, isMe }) => ({ userId, displayName, isMe }));
  return useSame(named, JSON.stringify(named));
}

function inOneBreath(before: ChatView | undefined, message: ChatView): boolean {
  return before?.from.userId === message.from.userId && message.tsMs - before.tsMs < SAME_BREATH_MS;
}
