import type { Invite } from '../../party/invite.ts';
import { isExposed } from '../../party/server-address.ts';
import { Notice } from '../parts/basics.tsx';
import { EXPOSED_WARNING, serverName } from '../words.ts';

/** What the popup is for on an invite page: one button. */
export function InviteCard(props: { invite: Invite; onJoin: () => void; busy: boolean }) {
  const { roomId, serverUrl } = props.invite;
  return (
    <section class="card invite-card" aria-labelledby="invite-title">
      <h2 id="invite-title">You are invited</h2>
      <p>
        To a party on <strong>{serverName(serverUrl)}</strong>. This tab will go to what the party watches.
      </p>
      {isExposed(serverUrl) && (
        <Notice tone="warn" still>
          {EXPOSED_WARNING}
        </Notice>
      )}
      <button type="button" class="primary wide" disabled={props.busy} onClick={props.onJoin}>
        Join <bdi>{roomId}</bdi>
      </button>
    </section>
  );
}
