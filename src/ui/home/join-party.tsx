import { useState } from 'preact/hooks';
import type { Invite } from '../../invite/invite.ts';
import { isExposed } from '../../invite/server-address.ts';
import { roomTitle } from '../../protocol/index.ts';
import { TextField } from '../components/basics.tsx';
import { EXPOSED_WARNING, serverName } from '../text/words.ts';
import { useLinkProblem } from './link-problem.ts';
import { readJoin, type JoinInput } from './read-join.ts';

/** The way into a friend's party, by its link or its name. */
export function JoinParty(props: { ownServer: string; onJoin: (invite: Invite) => void; busy: boolean }) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const read = readJoin(typed, props.ownServer);
  const problem = useLinkProblem('invite' in read ? read.invite : null);
  const submit = (event: Event) => {
    event.preventDefault();
    if (read.kind === 'empty') setError('Paste the invite link, or type the party’s name.');
    else if (read.kind === 'wrong') setError(read.advice);
    else if (problem !== null) setError(problem);
    else props.onJoin(read.invite);
  };
  return (
    <form class="card" onSubmit={submit} aria-labelledby="join-title">
      <h2 id="join-title">A friend’s party</h2>
      <TextField
        id="join-room"
        label="Invite link or party name"
        value={typed}
        placeholder="https://…/join/…"
        onInput={(text) => {
          setTyped(text);
          setError(null);
        }}
        error={error}
        hint={hint(read)}
      >
        <button type="submit" disabled={props.busy}>
          Join
        </button>
      </TextField>
    </form>
  );
}

function hint(read: JoinInput) {
  if (read.kind !== 'invite') return undefined;
  const { roomId, serverUrl } = read.invite;
  return (
    <>
      Invite to <bdi>{roomTitle(roomId)}</bdi> on {serverName(serverUrl)}.{' '}
      {isExposed(serverUrl) && EXPOSED_WARNING}
    </>
  );
}
