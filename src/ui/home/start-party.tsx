import { useState } from 'preact/hooks';
import { PARTY_NAME_CHARS, partyName, readPartyName } from '../../invite/room-name.ts';
import { visibleText } from '../../protocol/index.ts';
import { TextField } from '../components/basics.tsx';
import { ShuffleIcon } from '../components/icons.tsx';

const newName = () => partyName(() => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);

/** A party of one's own: a name nobody guesses is given, and can be changed. */
export function StartParty({ onStart, busy }: { onStart: (name: string) => void; busy: boolean }) {
  const [room, setRoom] = useState(newName);
  const [error, setError] = useState<string | null>(null);
  const change = (text: string) => {
    setRoom(text);
    setError(null);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const name = readPartyName(visibleText(room));
    if (name === null) setError('Give the party a name, or let StreamSync make one up.');
    else onStart(name);
  };
  return (
    <form class="card" onSubmit={submit} aria-labelledby="start-title">
      <h2 id="start-title">A new party</h2>
      <TextField
        id="start-room"
        label="Party name"
        value={room}
        onInput={change}
        error={error}
        hint="Only those you send the invite link can come in."
        maxLength={PARTY_NAME_CHARS}
      >
        <button type="button" class="icon-button" onClick={() => change(newName())}>
          <ShuffleIcon />
          <span class="visually-hidden">Make up another name</span>
        </button>
      </TextField>
      <button type="submit" class="primary wide" disabled={busy}>
        Start a party
      </button>
    </form>
  );
}
