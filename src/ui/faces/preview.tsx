import { useEffect, useState } from 'preact/hooks';
import type { CallState } from '../../call/call-state.ts';
import type { Call } from '../../call/call.ts';
import { DeviceChoices } from './device-choices.tsx';
import { Tile } from './tile.tsx';
import { SwitchButtons } from './switch-buttons.tsx';
import { useInSight } from './use-in-sight.ts';

/** What the others would see and hear, before anybody does. */
export function Preview({ call, state }: { call: Call; state: CallState }) {
  const section = useInSight<HTMLElement>();
  return (
    <section ref={section} class="call preview" aria-label="Before you join">
      <ul class="faces one">
        <Tile
          userId={state.me?.userId ?? ''}
          name="You"
          picture={state.picture}
          cameraOn={state.camera}
          muted={!state.microphone}
          speaking={false}
          mirrored
        />
      </ul>
      <Meter call={call} />
      <div class="call-bar">
        <SwitchButtons call={call} state={state} />
        <button type="button" class="small primary" onClick={() => call.join()}>
          Join
        </button>
        <button type="button" class="small quiet" onClick={() => call.cancel()}>
          Cancel
        </button>
      </div>
      <DeviceChoices call={call} state={state} />
    </section>
  );
}

const LOOK_EVERY_MS = 100;
/** A voice is at a few hundredths of full scale. */
const GAIN = 6;

function Meter({ call }: { call: Call }) {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setLevel(Math.min(1, call.level() * GAIN)), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [call]);
  return (
    <meter class="level" min={0} max={1} value={level} aria-label="How loud your microphone is">
      {Math.round(level * 100)} %
    </meter>
  );
}
