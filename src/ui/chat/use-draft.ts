import { useEffect, useRef, useState } from 'preact/hooks';
import type { Command, CommandReply } from '../../messaging/commands.ts';
import { LIMITS } from '../../protocol/index.ts';
import type { DraftStore } from '../host/storage.ts';

/**
 * The message being written. It outlives the page, and is only let go of when the background has taken it; until
 * then a second try carries the same id, so that nothing is said twice.
 */
export function useDraft(room: string, drafts: DraftStore, ask: (command: Command) => Promise<CommandReply>) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const typed = useRef(false);
  const attempt = useRef<{ id: string; text: string; pending: boolean } | null>(null);
  const latest = useRef('');

  const show = (next: string) => {
    latest.current = next;
    setText(next);
  };
  const change = (next: string) => {
    typed.current = true;
    show(next);
    setError(null);
    void drafts.write(room, next);
  };

  useEffect(() => {
    let gone = false;
    void drafts.read(room).then((stored) => {
      // What was typed while the store was read is newer.
      if (!gone && !typed.current) show(stored);
    });
    return () => {
      gone = true;
    };
  }, [room, drafts]);

  const send = async () => {
    const message = text.trim();
    if (message === '' || message.length > LIMITS.chatTextChars || attempt.current?.pending) return;
    const same = attempt.current?.text === message ? attempt.current.id : undefined;
    const id = same ?? crypto.randomUUID();
    attempt.current = { id, text: message, pending: true };
    const reply = await ask({ type: 'send_chat', id, text: message });
    if (!reply.ok) {
      attempt.current = { id, text: message, pending: false };
      setError(reply.message);
      return;
    }
    attempt.current = null;
    // What was typed since stays; only what was sent goes.
    change(latest.current === text ? '' : latest.current.replace(text, ''));
  };
  return { text, change, send, error };
}
