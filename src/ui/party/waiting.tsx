import type { PartyView } from '../../messaging/view.ts';
import { useNow } from '../hooks.ts';

/** A start that all make together takes a moment; only what lasts longer is worth a word. */
const START_TAKES_MS = 1000;
/** How long a start may be waited for (docs/protocol.md, HOLD); the rest of it tells how long it has been. */
const START_MS = 4000;

/** For whom the film stands still, and the way to go on without them. */
export function Waiting({ party, onGoOn }: { party: PartyView; onGoOn: () => void }) {
  const held = party.playback?.held ?? null;
  const now = useNow(250, held !== null);
  if (!held || held.waitingFor.length === 0) return null;
  const leftMs = held.untilMs - now;
  if (held.reason === 'start' && leftMs > START_MS - START_TAKES_MS) return null;
  const awaited = party.members.filter(({ userId }) => held.waitingFor.includes(userId));
  const names = awaited.map(({ isMe, displayName }) => (isMe ? 'you' : displayName));
  const others = awaited.filter(({ isMe }) => !isMe);
  const [only] = others;
  return (
    <div class="waiting">
      <p class="fine">
        <span role="status">Waiting for {listOf(names)}</span>
        <span aria-hidden="true"> · {Math.max(0, Math.ceil(leftMs / 1000))} s at most</span>
      </p>
      {party.iControl && (
        <button type="button" class="small" onClick={onGoOn}>
          {only && awaited.length === 1 ? `Go on without ${only.displayName}` : 'Go on now'}
        </button>
      )}
    </div>
  );
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function listOf(names: readonly string[]): string {
  return names.length === 0 ? 'somebody' : list.format(names);
}
