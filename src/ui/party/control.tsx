import type { PartyView } from '../../messaging/view.ts';
import type { Control } from '../../protocol/index.ts';

const CHOICES: [Control, string][] = [
  ['everyone', 'Everyone'],
  ['host', 'Only me'],
];

/** Who may play, pause and seek for all: a choice for the host, a sentence for the others. */
export function ControlChoice(props: { party: PartyView; onChange: (control: Control) => void }) {
  const { members, control } = props.party;
  const host = members.find((member) => member.isHost);
  if (!host?.isMe) {
    return (
      <p class="fine control">
        {control === 'everyone' ? (
          'Everyone can play, pause and seek.'
        ) : (
          <>
            Only <bdi>{host?.displayName ?? 'the host'}</bdi> can play, pause and seek.
          </>
        )}
      </p>
    );
  }
  return (
    <div class="control segmented" role="radiogroup" aria-labelledby="control-label">
      <span class="fine" id="control-label">
        Who controls
      </span>
      <div class="segments">
        {CHOICES.map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              name="control"
              value={value}
              checked={control === value}
              onChange={() => props.onChange(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
