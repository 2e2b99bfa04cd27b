import type { PartyView } from '../../messaging/view.ts';
import { roomTitle } from '../../protocol/index.ts';
import { Chat } from '../chat/chat.tsx';
import { Faces } from '../faces/faces.tsx';
import { QuickReactions } from '../chat/quick-reactions.tsx';
import { useCommands } from '../hooks.ts';
import type { PageHost } from '../host/page-host.ts';
import { Notice } from '../components/basics.tsx';
import { Boundary } from '../components/boundary.tsx';
import { PANEL_REFUSED, usePanel } from '../panel/use-panel.ts';
import { Connection } from '../party/connection.tsx';
import { Follow } from '../party/follow.tsx';
import { Members } from '../party/members.tsx';
import { ProblemsList } from '../party/problems-list.tsx';
import { Waiting } from '../party/waiting.tsx';
import { WholeLink } from '../party/whole-link.tsx';
import { DrawerHead } from './drawer-head.tsx';
import type { OverlayLine, OverlayStart } from './greeting.ts';
import { useDrag } from './use-drag.ts';

/** Who is here, whom the film waits for, and the chat. */
export function Drawer(props: {
  host: PageHost;
  party: PartyView;
  line: OverlayLine;
  start: OverlayStart;
  /** A window of its own was asked for, and there is none. */
  noWindow: boolean;
  /** Somebody pressed while something of the page lay over it. */
  covered: boolean;
  onFold: () => void;
}) {
  const { host, party, line } = props;
  const { where } = props.start;
  const { run, error } = useCommands(host.link);
  const panel = usePanel(host.openPanel);
  const sizing = useDrag(props.line, (dxPx, dyPx) => line.tell({ type: 'resize', dxPx, dyPx }));
  return (
    <main class="drawer">
      {where === 'film' ? (
        <DrawerHead
          title={roomTitle(party.roomId)}
          panel={panel}
          line={line}
          canPopOut={props.start.canPopOut}
          onFold={props.onFold}
        />
      ) : (
        <h1 class="window-title" dir="auto">
          {roomTitle(party.roomId)}
        </h1>
      )}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled box must be reachable by keyboard */}
      <div class="drawer-top" role="group" aria-label="Party" tabIndex={0}>
        {props.noWindow && <Notice>Your browser did not open a window here.</Notice>}
        {props.covered && <Notice tone="warn">Something of the page lay over this. Press again.</Notice>}
        {panel.refused && <Notice>{PANEL_REFUSED}</Notice>}
        {error !== null && <Notice>{error}</Notice>}
        {party.connection !== 'online' && (
          <Connection party={party} onTryNow={() => void run({ type: 'reconnect_now' })} />
        )}
        {party.connection === 'stopped' && (
          <ProblemsList
            party={party}
            actions={{
              ...{ use_tab: null, allow_site: null, go_to_content: null },
              reconnect_now: () => void run({ type: 'reconnect_now' }),
              leave: () => void run({ type: 'leave' }),
              open_options: host.openOptions,
            }}
          />
        )}
        {party.problems.includes('key_refused') && <WholeLink host={host} party={party} run={run} />}
        {host.call && (
          <Boundary what="The call">
            <Faces call={host.call} />
          </Boundary>
        )}
        <Boundary what="Who is here">
          <Members party={party} />
          <Waiting party={party} onGoOn={() => void run({ type: 'go_on' })} />
        </Boundary>
        <Boundary what="Where your tab is">
          <Follow party={party} run={run} />
        </Boundary>
      </div>
      <QuickReactions label="Over the film" onPick={(emoji) => void run({ type: 'react', emoji })} />
      <Boundary what="The chat">
        <Chat party={party} host={host} />
      </Boundary>
      {where === 'film' && (
        <button type="button" class="resize" {...sizing.pointer} {...sizing.keys}>
          <span class="visually-hidden">Change the size with the arrow keys</span>
        </button>
      )}
    </main>
  );
}
