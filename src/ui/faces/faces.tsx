import { LIMITS } from '../../protocol/index.ts';
import type { ConnectionQuality } from '../../rtc/link-meter.ts';
import { Notice } from '../components/basics.tsx';
import { CameraIcon, HangUpIcon } from '../components/icons.tsx';
import type { CallState, Face } from '../../call/call-state.ts';
import type { Call } from '../../call/call.ts';
import { DeviceChoices } from './device-choices.tsx';
import type { ParticipantVolume } from '../../call/participant-volume.ts';
import { Knock } from './knock.tsx';
import { Preview } from './preview.tsx';
import { SwitchButtons } from './switch-buttons.tsx';
import { Tile } from './tile.tsx';
import { useCall } from './use-call.ts';
import { useInSight } from './use-in-sight.ts';

const TROUBLES: Readonly<Record<ConnectionQuality, string>> = {
  connecting: 'connecting…',
  good: '',
  fair: '',
  poor: 'weak connection',
  lost: 'reconnecting…',
  unable: 'cannot connect yet, trying again…',
};

const troubleOf = ({ health, receivesOnly }: Face) =>
  TROUBLES[health] || (receivesOnly ? 'receives your picture' : '');

/** The room's call: the way in, what one shows there, and the faces. `compact`: the faces alone, for a folded overlay. */
export function Faces({ call, compact = false }: { call: Call; compact?: boolean }) {
  const state = useCall(call);
  if (state.phase === 'unknown' || (compact && state.phase !== 'in')) return null;
  return (
    <>
      {state.phase === 'elsewhere' && (
        <p class="fine">
          The call is where you opened the party last: beside the page, or in its own window.
        </p>
      )}
      {state.problem !== null && <Notice>{state.problem}</Notice>}
      {state.phase === 'out' && <WayIn call={call} state={state} />}
      {state.phase === 'preview' && <Preview call={call} state={state} />}
      {state.phase === 'in' && <InCall call={call} state={state} compact={compact} />}
    </>
  );
}

function WayIn({ call, state }: { call: Call; state: CallState }) {
  const { inCall, askFirst } = state;
  const names = inCall.map(({ displayName }) => displayName);
  return (
    <section class="call way-in" aria-label="Call">
      <p class="fine">
        {names.length === 0 ? (
          'See and hear each other.'
        ) : (
          <>
            In the call: <bdi>{names.join(', ')}</bdi>
          </>
        )}
      </p>
      {askFirst && (
        <p class="fine" role="status">
          Allow camera and microphone in the tab that opened; the call goes on here.
        </p>
      )}
      {names.length >= LIMITS.callMembers ? (
        <p class="fine">The call is full. You can join when somebody leaves it.</p>
      ) : (
        <button type="button" class="small" onClick={() => void call.preview()}>
          <CameraIcon />
          Join with camera
        </button>
      )}
    </section>
  );
}

function InCall({ call, state, compact }: { call: Call; state: CallState; compact: boolean }) {
  const { me, faces, knocks, soundBlocked } = state;
  const [knock] = knocks;
  // Whoever joined had gone down to the buttons of the preview; a browser does not play pictures that are out of sight.
  const section = useInSight<HTMLElement>();
  return (
    <section ref={section} class={`call in-call${compact ? ' compact' : ''}`} aria-label="Call">
      <ul class={`faces${faces.length > 0 ? '' : ' one'}`}>
        {faces.map((face) => (
          <Tile
            key={face.userId}
            userId={face.userId}
            name={face.displayName}
            picture={face.picture}
            cameraOn={face.media.camera}
            muted={!face.media.microphone}
            speaking={face.speaking}
            trouble={troubleOf(face)}
            {...(!compact && {
              loudness: face.loudness,
              onLoudness: (change: Partial<ParticipantVolume>) => call.setVolume(face.userId, change),
            })}
            onShown={(heightPx) => call.shown(face.userId, heightPx)}
          />
        ))}
        <Tile
          userId={me?.userId ?? ''}
          name="You"
          picture={state.picture}
          cameraOn={state.camera}
          muted={!state.microphone}
          speaking={state.speaking}
          mirrored
        />
      </ul>
      {knock && <Knock key={knock.userId} call={call} peer={knock} />}
      {soundBlocked && (
        <button type="button" class="small primary" onClick={() => call.unblockSound()}>
          Let me hear my friends
        </button>
      )}
      <div class="call-bar">
        <SwitchButtons call={call} state={state} />
        <button type="button" class="icon-button hang-up" onClick={() => call.leave()}>
          <HangUpIcon />
          <span class="visually-hidden">Leave the call</span>
        </button>
      </div>
      {!compact && <DeviceChoices call={call} state={state} />}
    </section>
  );
}
