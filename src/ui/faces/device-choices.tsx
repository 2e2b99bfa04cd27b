import type { CallState } from '../../call/call-state.ts';
import type { Call } from '../../call/call.ts';

const KINDS = [
  ['microphoneId', 'audioinput', 'Microphone'],
  ['cameraId', 'videoinput', 'Camera'],
  ['speakerId', 'audiooutput', 'Loudspeaker'],
] as const;

/** Which devices, and how the film makes way for voices. */
export function DeviceChoices({ call, state }: { call: Call; state: CallState }) {
  const { devices, prefs } = state;
  return (
    <details class="call-settings">
      <summary>Devices and sound</summary>
      {KINDS.map(([pref, kind, label]) => {
        const found = devices.filter((device) => device.kind === kind);
        if (found.length === 0) return null;
        return (
          <label key={pref} class="call-setting">
            <span class="fine">{label}</span>
            <select
              value={found.some(({ id }) => id === prefs[pref]) ? prefs[pref] : ''}
              onChange={({ currentTarget }) => void call.choose(pref, currentTarget.value)}
            >
              <option value="">The browser’s choice</option>
              {found.map(({ id, label: name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        );
      })}
      <label class="call-setting check">
        <input
          type="checkbox"
          checked={prefs.ducking}
          onChange={({ currentTarget }) => call.duck({ ducking: currentTarget.checked })}
        />
        <span>Film quieter while friends speak</span>
      </label>
      {prefs.ducking && (
        <label class="call-setting">
          <span class="fine">Film then at {Math.round(prefs.duckTo * 100)} %</span>
          <input
            type="range"
            min={0}
            max={90}
            step={10}
            value={Math.round(prefs.duckTo * 100)}
            onInput={({ currentTarget }) => call.duck({ duckTo: Number(currentTarget.value) / 100 })}
          />
        </label>
      )}
    </details>
  );
}
