import { useEffect, useState } from 'preact/hooks';
import { field } from '../../protocol/index.ts';
import { TextField } from '../components/basics.tsx';

const STEP_MS = 10;
const HINT = 'If your sound comes late (Bluetooth) or your cut of the film begins later, shift your player.';

/** This person's own shift of the film. What is typed counts as soon as it is a number that can be. */
export function OffsetField(props: {
  /** Where two of them are on one page. */
  id?: string;
  offsetMs: number;
  onChange: (offsetMs: number) => void;
}) {
  const { offsetMs, onChange } = props;
  const [text, setText] = useState(String(offsetMs));
  const value = read(text);
  useEffect(() => {
    // Words on their way, like a lone minus, are not written over.
    setText((typed) => (read(typed) === offsetMs || read(typed) === null ? typed : String(offsetMs)));
  }, [offsetMs]);

  const choose = (next: number) => {
    setText(String(next));
    onChange(next);
  };
  const step = (by: number) => () => choose(read(String(offsetMs + by)) ?? offsetMs);
  return (
    <div class="offset">
      <TextField
        id={props.id ?? 'offset'}
        label="My shift, ms"
        value={text}
        onInput={(typed) => {
          setText(typed);
          const next = read(typed);
          if (next !== null) onChange(next);
        }}
        hint={HINT}
        error={value === null ? 'Give a number of milliseconds between −600000 and 600000.' : null}
      >
        <button type="button" class="small quiet" aria-label="10 ms earlier" onClick={step(-STEP_MS)}>
          −10
        </button>
        <button type="button" class="small quiet" aria-label="10 ms later" onClick={step(STEP_MS)}>
          +10
        </button>
        {offsetMs !== 0 && (
          <button type="button" class="small quiet" onClick={() => choose(0)}>
            Reset
          </button>
        )}
      </TextField>
    </div>
  );
}

function read(text: string): number | null {
  const typed = text.trim().replace('−', '-');
  if (typed === '') return null;
  const parsed = field.offsetMs.safeParse(Number(typed));
  return parsed.success ? parsed.data : null;
}
