import { useEffect, useState } from 'preact/hooks';
import type { FromOverlay } from '../../messaging/overlay.ts';
import type { PartyView } from '../../messaging/view.ts';
import { Mark } from '../parts/icons.tsx';

const TOAST_MS = 6000;

/** The overlay folded up: what was said just now, and the way back. */
export function Pill(props: {
  party: PartyView;
  unread: number;
  tell: (message: FromOverlay) => void;
  onOpen: () => void;
}) {
  const { party, unread } = props;
  const last = party.chat.findLast(({ mine }) => !mine);
  const [goneId, setGoneId] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setGoneId(last?.id ?? null), TOAST_MS);
    return () => clearTimeout(timer);
  }, [last?.id]);
  const toast = last && unread > 0 && last.id !== goneId ? last : null;
  return (
    <div class="folded">
      <div role="status" class="toast-place">
        {toast && (
          <p class="toast" dir="auto">
            <strong>
              <bdi>{toast.from.displayName}</bdi>
            </strong>{' '}
            {toast.text}
          </p>
        )}
      </div>
      <button type="button" class="pill" onClick={props.onOpen}>
        <Mark size={32} />
        {unread > 0 && (
          <span class="unread" aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
        <span class="visually-hidden">
          Open the party{unread > 0 && `, ${unread} new ${unread === 1 ? 'message' : 'messages'}`}
        </span>
      </button>
    </div>
  );
}
