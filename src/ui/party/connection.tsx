import type { PartyView } from '../../messaging/view.ts';
import { useNow } from '../hooks.ts';
import { Status } from '../components/basics.tsx';
import { connectionWords } from '../text/words.ts';

/** Where the connection stands; while it is down, when the next attempt comes and a way not to wait for it. */
export function Connection({ party, onTryNow }: { party: PartyView; onTryNow: () => void }) {
  const waiting = party.connection === 'waiting';
  const now = useNow(500, waiting);
  const { tone, text } = connectionWords(party.connection);
  const leftSec = Math.max(0, Math.ceil(((party.retryAtMs ?? now) - now) / 1000));
  return (
    <div class="connection">
      <span role="status">
        <Status tone={tone}>{text}</Status>
      </span>
      {/* Outside the live region: a count read aloud every second would drown the rest. */}
      {waiting && (
        <>
          <span class="fine">{leftSec > 0 ? `Reconnecting in ${leftSec} s` : 'Reconnecting…'}</span>
          <button type="button" class="link" onClick={onTryNow}>
            Try now
          </button>
        </>
      )}
    </div>
  );
}
