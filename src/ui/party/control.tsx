import type { PartyView } from '../../messaging/view.ts';
import type { Control, WaitPolicy } from '../../protocol/index.ts';
import { Choice } from './choice.tsx';

const CONTROLS: [Control, string][] = [
  ['everyone', 'Everyone'],
  ['host', 'Only me'],
];
const POLICIES: [WaitPolicy, string][] = [
  ['go_on', 'Go on'],
  ['wait', 'Wait'],
];

/** The room's rules: choices for the host, sentences for the others. */
export function RoomRules(props: {
  party: PartyView;
  onControl: (control: Control) => void;
  onWaitPolicy: (waitPolicy: WaitPolicy) => void;
}) {
  const { members, control, waitPolicy } = props.party;
  const host = members.find((member) => member.isHost);
  if (host?.isMe) {
    return (
      <>
        <Choice
          name="control"
          label="Who controls"
          choices={CONTROLS}
          value={control}
          onChange={props.onControl}
        />
        <Choice
          name="wait-policy"
          label="When somebody buffers or has an ad"
          choices={POLICIES}
          value={waitPolicy}
          onChange={props.onWaitPolicy}
        />
      </>
    );
  }
  return (
    <p class="fine control">
      {control === 'everyone' ? (
        'Everyone can play, pause and seek.'
      ) : (
        <>
          Only <bdi>{host?.displayName ?? 'the host'}</bdi> can play, pause and seek.
        </>
      )}{' '}
      {waitPolicy === 'wait'
        ? 'When somebody buffers or has an ad, everyone waits.'
        : 'Who buffers or has an ad catches up; the others go on.'}
    </p>
  );
}
