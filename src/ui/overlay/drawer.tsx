import type { FromOverlay } from '../../messaging/overlay.ts';
import type { PartyView } from '../../messaging/view.ts';
import { Chat } from '../chat/chat.tsx';
import { Faces } from '../faces/faces.tsx';
import { useCommands } from '../hooks.ts';
import type { PageHost } from '../page-host.ts';
import { Notice } from '../parts/basics.tsx';
import { FoldIcon } from '../parts/icons.tsx';
import { Connection } from '../party/connection.tsx';
import { Members } from '../party/members.tsx';
import { Waiting } from '../party/waiting.tsx';
import { useDrag } from './use-drag.ts';

/** Who is here, whom the film waits for, and the chat. */
export function Drawer(props: {
  host: PageHost;
  party: PartyView;
  tell: (message: FromOverlay) => void;
  onFold: () => void;
}) {
  const { host, party } = props;
  const { run, error } = useCommands(host.link);
  const drag = useDrag(props.tell);
  return (
    <main class="drawer">
      <header class="drawer-head" {...drag.pointer}>
        <h1 dir="auto">{party.roomId}</h1>
        <button type="button" class="icon-button quiet drag" {...drag.keys}>
          <span aria-hidden="true">⠿</span>
          <span class="visually-hidden">Move with the arrow keys</span>
        </button>
        <button type="button" class="icon-button quiet" onClick={props.onFold}>
          <FoldIcon />
          <span class="visually-hidden">Fold</span>
        </button>
      </header>
      {error !== null && <Notice>{error}</Notice>}
      {party.connection !== 'online' && (
        <Connection party={party} onTryNow={() => void run({ command: 'reconnect_now' })} />
      )}
      {host.call && <Faces call={host.call} />}
      <Members party={party} />
      <Waiting party={party} onGoOn={() => void run({ command: 'go_on' })} />
      <Chat party={party} host={host} />
    </main>
  );
}
