import type { MemberView, PartyView } from '../../messaging/view.ts';
import { Avatar } from '../components/avatar.tsx';
import { Status } from '../components/basics.tsx';
import { HostCrown } from '../components/icons.tsx';
import { RemoveButton } from './remove-button.tsx';
import { useNow } from '../hooks.ts';
import { adLeftWords, driftWords, memberWords } from '../text/words.ts';

/** Who is here and how each of them is doing. */
export function Members(props: {
  party: PartyView;
  onHandOver?: (userId: string) => void;
  onRemove?: (userId: string) => void;
}) {
  const { onHandOver, onRemove } = props;
  const { members } = props.party;
  const iHost = members.some((member) => member.isMe && member.isHost);
  return (
    <ul class="members" aria-label="Members">
      {members.map((member) => (
        <Member
          key={member.userId}
          member={member}
          shiftMs={props.party.offsetMs}
          onHandOver={iHost && !member.isMe && onHandOver ? () => onHandOver(member.userId) : undefined}
          onRemove={iHost && !member.isMe && onRemove ? () => onRemove(member.userId) : undefined}
        />
      ))}
    </ul>
  );
}

function Member(props: {
  member: MemberView;
  shiftMs: number;
  onHandOver?: (() => void) | undefined;
  onRemove?: (() => void) | undefined;
}) {
  const { member, shiftMs, onHandOver, onRemove } = props;
  const { tone, text } = memberWords(member);
  const drift = driftWords(member);
  const now = useNow(500, member.adUntilMs !== undefined);
  const adLeft = adLeftWords(member, now);
  return (
    <li class="member">
      <Avatar userId={member.userId} name={member.displayName} />
      <div class="member-text">
        <p class="member-name">
          <bdi>{member.displayName}</bdi>
          {member.isMe && <span class="fine"> (you)</span>}
          {member.isHost && <HostCrown />}
        </p>
        <p class="fine member-state">
          <Status tone={tone}>{text}</Status>
          {adLeft !== null && <span class="ad-left">{adLeft}</span>}
          {drift !== null && (
            <span class="drift" dir="ltr" title="Distance to the party’s moment, and how exactly it is known">
              {drift}
            </span>
          )}
          {member.isMe && shiftMs !== 0 && (
            <span>
              shifted by {shiftMs > 0 ? '+' : '−'}
              {Math.abs(shiftMs)} ms
            </span>
          )}
        </p>
      </div>
      {onHandOver && (
        <button type="button" class="small quiet" onClick={onHandOver}>
          Make host<span class="visually-hidden"> of the party: {member.displayName}</span>
        </button>
      )}
      {onRemove && <RemoveButton name={member.displayName} onRemove={onRemove} />}
    </li>
  );
}
