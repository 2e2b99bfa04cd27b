import { useState } from 'preact/hooks';
import type { Command } from '../../messaging/commands.ts';
import { parseInvite, type Invite } from '../../invite/invite.ts';
import type { PartyView } from '../../messaging/view.ts';
import { linkProblem } from '../home/link-problem.ts';
import { readJoin } from '../home/read-join.ts';
import type { PageHost } from '../host/page-host.ts';
import { TextField } from '../components/basics.tsx';
import type { Target } from '../target.ts';

/** Where the link had no key, or a wrong one: the whole link goes here, and nothing has to be left before. */
export function WholeLink(props: {
  host: PageHost;
  party: PartyView;
  /** None over a film: that is in the party's own tab. */
  target?: Target;
  run: (command: Command) => Promise<boolean>;
}) {
  const { host, party, target, run } = props;
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);

  const join = async () => {
    const invite = readWhole(typed, party.serverUrl);
    const problem = typeof invite === 'string' ? invite : await linkProblem(invite);
    const tabId = party.tabId ?? target?.tab?.id;
    if (typeof invite === 'string' || problem !== null) setError(problem);
    else if (tabId === undefined) setError('Open the tab that you want to watch in, then try again.');
    else {
      const { displayName } = await host.settings.read();
      // An invite page has no film of its own.
      const goToContent = target?.tab?.id === tabId && parseInvite(target.tab.url ?? '') !== null;
      await run({ type: 'join', ...invite, displayName, tabId, goToContent });
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void join();
      }}
    >
      <TextField
        id="whole-link"
        label="The whole invite link"
        value={typed}
        placeholder="https://…/join/…#k=…"
        onInput={(text) => {
          setTyped(text);
          setError(null);
        }}
        error={error}
      >
        <button type="submit">Join</button>
      </TextField>
    </form>
  );
}

/** The invite with its key, or what is wrong with what was typed. */
function readWhole(typed: string, serverUrl: string): Invite | string {
  const read = readJoin(typed, serverUrl);
  if (read.kind === 'wrong') return read.advice;
  if (read.kind !== 'invite') return 'Paste the whole invite link, as your friend sees it.';
  if (read.invite.roomKey === null) return 'This link is incomplete too: its end, from #k= on, is missing.';
  return read.invite;
}
