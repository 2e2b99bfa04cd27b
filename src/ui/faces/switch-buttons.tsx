import { CameraIcon, MicrophoneIcon } from '../components/icons.tsx';
import type { CallState } from '../../call/call-state.ts';
import type { Call } from '../../call/call.ts';

/** Microphone and camera, on and off. */
export function SwitchButtons({ call, state }: { call: Call; state: CallState }) {
  const { microphone, camera } = state;
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-pressed={!microphone}
        onClick={() => void call.toggle('microphone')}
      >
        <MicrophoneIcon off={!microphone} />
        <span class="visually-hidden">Mute my microphone</span>
      </button>
      <button
        type="button"
        class="icon-button"
        aria-pressed={!camera}
        onClick={() => void call.toggle('camera')}
      >
        <CameraIcon off={!camera} />
        <span class="visually-hidden">Switch my camera off</span>
      </button>
    </>
  );
}
