import type { Invite } from '../../invite/invite.ts';
import { isExposed } from '../../invite/server-address.ts';
import { roomTitle } from '../../protocol/index.ts';
import { Notice } from '../components/basics.tsx';
import type { RoomPreview } from '../../protocol/index.ts';
import { siteName } from '../host/site-access.ts';
import { EXPOSED_WARNING, serverName } from '../text/words.ts';
import { useLinkProblem } from './link-problem.ts';

/** Of a name that vouches for no key: the key may be another room's, or the room somebody else's. */
const NOT_OPENED = 'This link does not open this party: ask for it again.';

/** What the popup is for on an invite page: who waits, what is on, and one button. */
export function InviteCard(props: {
  invite: Invite;
  /** Null until it is known, and where the server does not say. */
  room: RoomPreview | null;
  /** What the browser will ask about in the same click. */
  asksFor: string | null;
  onJoin: () => void;
  busy: boolean;
}) {
  const { room, asksFor } = props;
  const { roomId, serverUrl, roomKey } = props.invite;
  const refused = roomKey === null ? 'This link is incomplete: ask for the whole invite link.' : NOT_OPENED;
  const problem = useLinkProblem(props.invite) ?? (room?.keyed ? refused : null);
  // The title is anybody's word; the site is where the browser would go.
  const site = siteName(room?.content?.origin);
  return (
    <section class="card invite-card" aria-labelledby="invite-title">
      <h2 id="invite-title">You are invited</h2>
      <p>
        To a party on <strong>{serverName(serverUrl)}</strong>. This tab will go to what the party watches.
      </p>
      {problem !== null && <Notice>{problem}</Notice>}
      {room && !room.keyed && (
        <p aria-live="polite">
          <bdi>{whoWaits(room.members)}</bdi>
          {room.content && (
            <>
              {' '}
              On screen: <bdi>{room.content.title ?? 'a video'}</bdi>
              {site !== null && <> on {site}</>}.
            </>
          )}
        </p>
      )}
      {isExposed(serverUrl) && (
        <Notice tone="warn" still>
          {EXPOSED_WARNING}
        </Notice>
      )}
      <button
        type="button"
        class="primary wide"
        disabled={props.busy || problem !== null}
        onClick={props.onJoin}
      >
        Join <bdi>{roomTitle(roomId)}</bdi>
      </button>
      {asksFor !== null && (
        <p class="fine">
          Your browser will ask about {site ?? asksFor}, so that StreamSync can keep you in sync there.
        </p>
      )}
    </section>
  );
}

const names = new Intl.ListFormat('en');

function whoWaits(members: readonly string[]): string {
  if (members.length === 0) return 'Nobody is there yet.';
  const shown = members.length > 4 ? [...members.slice(0, 3), `${members.length - 3} others`] : members;
  return `${names.format(shown)} ${members.length === 1 ? 'is' : 'are'} there.`;
}
