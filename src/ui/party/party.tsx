import type { PartyView } from '../../messaging/view.ts';
import { isExposed, isThisMachine } from '../../invite/server-address.ts';
import { roomTitle } from '../../protocol/index.ts';
import { Chat } from '../chat/chat.tsx';
import { SiteCheckCard } from '../site-check/site-check.tsx';
import { Faces } from '../faces/faces.tsx';
import { TabStatus } from '../home/tab-status.tsx';
import type { PageHost } from '../host/page-host.ts';
import { Notice } from '../components/basics.tsx';
import { Boundary } from '../components/boundary.tsx';
import { Mark } from '../components/icons.tsx';
import type { Target } from '../target.ts';
import { EXPOSED_WARNING } from '../text/words.ts';
import { Connection } from './connection.tsx';
import { RoomRules } from './control.tsx';
import { Drift } from './drift.tsx';
import { Follow } from './follow.tsx';
import { InviteWays } from './invite-ways.tsx';
import { LockSwitch } from './lock-switch.tsx';
import { Members } from './members.tsx';
import { NowPlaying } from './now-playing.tsx';
import { PanelButton } from './panel-button.tsx';
import { ProblemsList } from './problems-list.tsx';
import { useActions, type Actions } from './use-actions.ts';
import { Waiting } from './waiting.tsx';
import { WholeLink } from './whole-link.tsx';

/** The page of somebody who is in a party. */
export function Party({ host, party, target }: { host: PageHost; party: PartyView; target: Target }) {
  const { actions, run, error } = useActions(host, party, target);
  const elsewhere = party.tabId !== null && target.tab !== null && target.tab.id !== party.tabId;
  return (
    <main class="party">
      <Head party={party} actions={actions} />
      <div class="party-side">
        {error !== null && <Notice>{error}</Notice>}
        <ProblemsList party={party} actions={actions} />
        {party.problems.includes('key_refused') && (
          <WholeLink host={host} party={party} target={target} run={run} />
        )}
        <Boundary what="Where your tab is">
          <Follow party={party} run={run} />
        </Boundary>
        {!elsewhere && hasHiddenPlayer(party, target) && <TabStatus target={target} access={host.access} />}
        <Boundary what="What is on">
          <NowPlaying party={party}>
            {elsewhere && (
              <button type="button" class="small" onClick={() => actions.use_tab?.()}>
                Watch here instead
              </button>
            )}
            {!elsewhere && party.tabId !== null && (
              <button
                type="button"
                class="small"
                aria-pressed={party.overlayOn}
                onClick={() => void run({ type: 'show_overlay', on: !party.overlayOn })}
              >
                {party.overlayOn ? 'Hide the party over the film' : 'Show the party over the film'}
              </button>
            )}
            <PanelButton openPanel={host.openPanel} />
            <Waiting party={party} onGoOn={() => void run({ type: 'go_on' })} />
          </NowPlaying>
        </Boundary>
        {host.call && (
          <Boundary what="The call">
            <Faces call={host.call} />
          </Boundary>
        )}
        <InviteRow party={party} host={host} />
        <Boundary what="Who is here">
          <Members
            party={party}
            onHandOver={(userId) => void run({ type: 'hand_over', userId })}
            {...(party.caps.includes('moderation') && {
              onRemove: (userId: string) => void run({ type: 'remove', userId }),
            })}
          />
        </Boundary>
        <LockSwitch party={party} onLock={(locked) => void run({ type: 'set_lock', locked })} />
        <Boundary what="The drift">
          <Drift party={party} host={host} />
        </Boundary>
        {party.tabId !== null && <SiteCheckCard host={host} tabId={party.tabId} mayTry={false} />}
        <RoomRules
          party={party}
          onControl={(control) => void run({ type: 'set_control', control })}
          onWaitPolicy={(waitPolicy) => void run({ type: 'set_wait_policy', waitPolicy })}
        />
        <label class="check fine">
          <input
            type="checkbox"
            checked={party.followParty}
            onChange={(event) => void run({ type: 'set_follow', followParty: event.currentTarget.checked })}
          />
          My tab goes along when the party goes on to the next film of the site
        </label>
      </div>
      <Boundary what="The chat">
        <Chat party={party} host={host} />
      </Boundary>
    </main>
  );
}

function Head({ party, actions }: { party: PartyView; actions: Actions }) {
  return (
    <header class="party-head">
      <Mark />
      <div class="party-title">
        <h1 tabIndex={-1} dir="auto">
          {roomTitle(party.roomId)}
        </h1>
        <Boundary what="The connection">
          <Connection party={party} onTryNow={() => actions.reconnect_now?.()} />
        </Boundary>
      </div>
      <button type="button" class="small quiet" onClick={() => actions.leave?.()}>
        Leave
      </button>
    </header>
  );
}

function InviteRow({ party, host }: { party: PartyView; host: PageHost }) {
  return (
    <div class="invite-row">
      <Boundary what="The invite">
        <InviteWays url={party.inviteUrl} copy={host.copy} share={host.share} />
      </Boundary>
      {party.connection === 'online' && !party.keyed && (
        <p class="fine warn-text">This party has no key: whoever knows its name can come in.</p>
      )}
      {isThisMachine(party.serverUrl) && (
        <p class="fine">The server runs on this computer, so the link works only here.</p>
      )}
      {isExposed(party.serverUrl) && <p class="fine warn-text">{EXPOSED_WARNING}</p>}
    </div>
  );
}

function hasHiddenPlayer(party: PartyView, { probe }: Target): boolean {
  return party.problems.includes('no_video') && (probe?.hiddenFrameOrigins.length ?? 0) > 0;
}
