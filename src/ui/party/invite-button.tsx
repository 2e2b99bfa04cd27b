import { useEffect, useRef, useState } from 'preact/hooks';
import { CheckIcon, LinkIcon } from '../components/icons.tsx';

const SHOWN_MS = 2500;

/** Copies the link for friends; where the clipboard is closed to us, shows it marked for copying by hand. */
export function InviteButton({ url, copy }: { url: string; copy: (text: string) => Promise<boolean> }) {
  const [outcome, setOutcome] = useState<'copied' | 'by_hand' | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (outcome === 'by_hand') field.current?.select();
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const press = async () => setOutcome((await copy(url)) ? 'copied' : 'by_hand');
  return (
    <div class="invite">
      <button type="button" class="primary" onClick={() => void press()}>
        {outcome === 'copied' ? <CheckIcon /> : <LinkIcon />}
        Copy invite link
      </button>
      <span role="status" class="fine">
        {outcome === 'copied' && 'Copied. Send it to your friends.'}
        {outcome === 'by_hand' && 'Copy the marked link.'}
      </span>
      {outcome === 'by_hand' && (
        <input class="invite-link" ref={field} type="text" readOnly value={url} aria-label="Invite link" />
      )}
    </div>
  );
}
