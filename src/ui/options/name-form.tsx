import { useState } from 'preact/hooks';
import { field, LIMITS } from '../../protocol/index.ts';
import { Status, TextField } from '../components/basics.tsx';

/** What the others see you as. */
export function NameForm(props: { name: string; onSave: (name: string) => Promise<void> }) {
  const [typed, setTyped] = useState(props.name);
  const [error, setError] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const save = async () => {
    const name = field.displayName.safeParse(typed.trim());
    if (!name.success) {
      setError('Type a name of 1 to 64 ordinary characters.');
      return;
    }
    await props.onSave(name.data);
    setSaved(true);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        id="name"
        label="Your name"
        value={typed}
        maxLength={LIMITS.displayNameChars}
        autoComplete="nickname"
        onInput={(text) => {
          setTyped(text);
          setError(null);
          setSaved(false);
        }}
        error={error}
        hint="Shown to everyone in the parties you join."
      />
      <div class="button-row">
        <button type="submit" class="primary">
          Save
        </button>
        <span role="status">{saved && <Status tone="good">Saved</Status>}</span>
      </div>
    </form>
  );
}
