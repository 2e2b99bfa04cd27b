import { useState } from 'preact/hooks';
import { parseInvite } from '../../invite/invite.ts';
import { isExposed, isThisMachine, readServerAddress } from '../../invite/server-address.ts';
import { Notice, Status, TextField } from '../components/basics.tsx';
import { EXPOSED_WARNING } from '../text/words.ts';
import { testServer, type Finding, type SocketEdge } from './test-server.ts';

/** The server new parties are held on. */
export function ServerForm(props: {
  serverUrl: string;
  onSave: (serverUrl: string) => Promise<void>;
  openSocket: (url: string) => SocketEdge;
}) {
  const [typed, setTyped] = useState(props.serverUrl);
  const [error, setError] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const [finding, setFinding] = useState<Finding | 'looking' | null>(null);
  const address = readServerAddress(parseInvite(typed)?.serverUrl ?? typed);

  const withAddress = (use: (url: string) => Promise<void>) => {
    setSaved(false);
    setFinding(null);
    if (address.ok) void use(address.url);
    else setError(address.advice);
  };
  const save = () =>
    withAddress(async (url) => {
      await props.onSave(url);
      setTyped(url);
      setSaved(true);
    });
  const test = () =>
    withAddress(async (url) => {
      setFinding('looking');
      setFinding(
        await testServer(
          () => props.openSocket(url),
          () => performance.now(),
        ),
      );
    });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        id="server"
        label="Server address"
        value={typed}
        onInput={(text) => {
          setTyped(text);
          setError(null);
          setSaved(false);
          setFinding(null);
        }}
        error={error}
        hint="Where your parties meet, like party.example.org. An invite you accept brings its own server."
      />
      {address.ok && isExposed(address.url) && <Notice tone="warn">{EXPOSED_WARNING}</Notice>}
      {address.ok && isThisMachine(address.url) && (
        <p class="fine">A server on this computer is for trying StreamSync out: friends cannot reach it.</p>
      )}
      <div class="button-row">
        <button type="submit" class="primary">
          Save
        </button>
        <button type="button" onClick={test} disabled={finding === 'looking'}>
          Test connection
        </button>
        <span role="status">
          {saved && <Status tone="good">Saved</Status>}
          {finding === 'looking' && <Status tone="busy">Asking…</Status>}
          {finding !== null && finding !== 'looking' && (
            <Status tone={finding.ok ? 'good' : 'bad'}>{finding.text}</Status>
          )}
        </span>
      </div>
    </form>
  );
}
