import type { CommandReply, Command, DriftLog, TabProbe } from '../messaging/commands.ts';
import type { SiteCheck } from '../messaging/site-check.ts';
import type { SessionEvent, SessionStart } from '../party/index.ts';
import { newRoom, SECRET_BYTES, whatNameSays, type Sha256 } from '../party/room-proof.ts';

export interface CommandEdges {
  /** @param goesTo The tab has no film of its own; without an `agreedOrigin` the person is asked before it goes to the room's. */
  begin: (start: SessionStart, goesTo: { agreedOrigin: string | null } | null) => void;
  end: () => void;
  dispatch: (event: SessionEvent) => void;
  useTab: (tabId: number) => void;
  goToContent: (agreedOrigin: string) => Promise<boolean>;
  resync: () => void;
  showOverlay: (on: boolean) => void;
  seen: () => void;
  captureAllowed: () => void;
  driftLog: () => DriftLog;
  probe: (tabId: number) => Promise<TabProbe>;
  checkSite: (tabId: number, tries: boolean) => Promise<SiteCheck>;
  newId: () => string;
  randomBytes: (count: number) => Uint8Array;
  sha256: Sha256;
  wallMs: () => number;
}

/** Why a link leads into no party; said before any server is asked. */
const BAD_LINK = {
  wrong: 'This link was changed on its way: its key is not that of the party. Ask for the link again.',
  missing: 'This link is incomplete: ask for the whole invite link.',
};

/** Does what an extension page asks; the reply is for the person. */
export async function obey(command: Command, edges: CommandEdges): Promise<CommandReply> {
  switch (command.command) {
    case 'start': {
      const { serverUrl, displayName, tabId } = command;
      const { hostSecret, ...room } = await newRoom(
        command.name,
        edges.randomBytes(SECRET_BYTES),
        edges.sha256,
      );
      const access = { hostSecret };
      edges.begin(
        { ...room, ...asNobody(displayName, edges), serverUrl, tabId, certified: true, access },
        null,
      );
      return { ok: true };
    }
    case 'join': {
      const { serverUrl, roomId, roomKey, displayName, tabId, goToContent, agreedOrigin = null } = command;
      const says = await whatNameSays({ roomId, roomKey }, edges.sha256);
      if (says === 'wrong' || says === 'missing') return { ok: false, message: BAD_LINK[says] };
      const room = { serverUrl, roomId, roomKey, certified: says === 'right', access: null };
      edges.begin({ ...room, ...asNobody(displayName, edges), tabId }, goToContent ? { agreedOrigin } : null);
      return { ok: true };
    }
    case 'leave':
      edges.end();
      return { ok: true };
    case 'send_chat':
      edges.dispatch({ on: 'chat', id: command.id, text: command.text, wallMs: edges.wallMs() });
      return { ok: true };
    case 'retry_chat':
      edges.dispatch({ on: 'retry_chat', id: command.id });
      return { ok: true };
    case 'set_typing':
      edges.dispatch({ on: 'typing', typing: command.typing });
      return { ok: true };
    case 'react': {
      const { emoji, to, on } = command;
      edges.dispatch({ on: 'react', emoji, to, isOn: on });
      return { ok: true };
    }
    case 'capture_allowed':
      edges.captureAllowed();
      return { ok: true };
    case 'use_tab':
      edges.useTab(command.tabId);
      return { ok: true };
    case 'go_to_content':
      return (await edges.goToContent(command.origin))
        ? { ok: true }
        : { ok: false, message: 'The party has gone on meanwhile. Look where it is now, and press again.' };
    case 'take_along':
      edges.dispatch({ on: 'take_along' });
      return { ok: true };
    case 'set_follow':
      edges.dispatch({ on: 'set_follow', followParty: command.followParty });
      return { ok: true };
    case 'set_control':
      edges.dispatch({ on: 'set_control', control: command.control });
      return { ok: true };
    case 'hand_over':
      edges.dispatch({ on: 'hand_over', userId: command.userId });
      return { ok: true };
    case 'set_lock':
      edges.dispatch({ on: 'set_lock', locked: command.locked });
      return { ok: true };
    case 'remove':
      edges.dispatch({ on: 'remove', userId: command.userId });
      return { ok: true };
    case 'set_wait_policy':
      edges.dispatch({ on: 'set_wait_policy', waitPolicy: command.waitPolicy });
      return { ok: true };
    case 'seek_to':
      edges.dispatch({ on: 'seek_to', positionSec: command.positionSec });
      return { ok: true };
    case 'go_on':
      edges.dispatch({ on: 'go_on' });
      return { ok: true };
    case 'resync':
      edges.resync();
      return { ok: true };
    case 'seen':
      edges.seen();
      return { ok: true };
    case 'show_overlay':
      edges.showOverlay(command.on);
      return { ok: true };
    case 'set_offset':
      edges.dispatch({ on: 'set_offset', offsetMs: command.offsetMs });
      return { ok: true };
    case 'drift_log':
      return { ok: true, driftLog: edges.driftLog() };
    case 'reconnect_now':
      edges.dispatch({ on: 'reconnect_now' });
      return { ok: true };
    case 'probe_tab':
      return { ok: true, probe: await edges.probe(command.tabId) };
    case 'check_site':
      return { ok: true, siteCheck: await edges.checkSite(command.tabId, command.tries) };
  }
}

/** A fresh name for each party: nobody can follow a person from room to room by it. */
function asNobody(displayName: string, { newId }: CommandEdges): Pick<SessionStart, 'me' | 'resumeToken'> {
  return { me: { userId: newId(), displayName }, resumeToken: newId() };
}
