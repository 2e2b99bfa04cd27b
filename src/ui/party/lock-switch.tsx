import type { PartyView } from '../../messaging/view.ts';
import { LockIcon } from '../components/icons.tsx';

/** Whether anybody new gets in: a switch for the host, a sign for all. */
export function LockSwitch({ party, onLock }: { party: PartyView; onLock: (locked: boolean) => void }) {
  const iHost = party.members.some((member) => member.isMe && member.isHost);
  if (!iHost || !party.caps.includes('moderation')) {
    return party.locked ? (
      <p class="fine lock-sign">
        <LockIcon /> The party is locked: nobody new gets in.
      </p>
    ) : null;
  }
  return (
    <label class="lock-switch">
      <input
        type="checkbox"
        role="switch"
        checked={party.locked}
        onChange={(event) => onLock(event.currentTarget.checked)}
      />
      <span>
        <LockIcon /> Lock the party
        <span class="fine"> – nobody new gets in</span>
      </span>
    </label>
  );
}
