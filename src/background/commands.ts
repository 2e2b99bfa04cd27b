import type { CommandReply, Command, DriftLog, TabProbe } from '../messaging/commands.ts';
import type { SiteCheck } from '../messaging/site-check.ts';
import type { SessionEvent, SessionStart } from '../party/index.ts';
import { newRoom, SECRET_BYTES, whatNameSays, type Sha256 } from '../invite/room-proof.ts';

export interface CommandHost {
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
}

/** Why a link leads into no party; said before any server is asked. */
const BAD_LINK = {
  wrong: 'This link was changed on its way: its key is not that of the party. Ask for the link again.',
  missing: 'This link is incomplete: ask for the whole invite link.',
};

/** Does what an extension page asks; the reply is for the person. */
export async function handleCommand(command: Command, host: CommandHost): Promise<CommandReply> {
  switch (command.type) {
    case 'start': {
      const { serverUrl, displayName, tabId } = command;
      const { hostSecret, ...room } = await newRoom(
        command.name,
        host.randomBytes(SECRET_BYTES),
        host.sha256,
      );
      const access = { hostSecret };
      host.begin(
        { ...room, ...asNobody(displayName, host), serverUrl, tabId, certified: true, access },
        null,
      );
      return { ok: true };
    }
    case 'join': {
      const { serverUrl, roomId, roomKey, displayName, tabId, goToContent, agreedOrigin = null } = command;
      const says = await whatNameSays({ roomId, roomKey }, host.sha256);
      if (says === 'wrong' || says === 'missing') return { ok: false, message: BAD_LINK[says] };
      const room = { serverUrl, roomId, roomKey, certified: says === 'right', access: null };
      host.begin({ ...room, ...asNobody(displayName, host), tabId }, goToContent ? { agreedOrigin } : null);
      return { ok: true };
    }
    case 'leave':
      host.end();
      return { ok: true };
    case 'capture_allowed':
      host.captureAllowed();
      return { ok: true };
    case 'use_tab':
      host.useTab(command.tabId);
      return { ok: true };
    case 'go_to_content':
      return (await host.goToContent(command.origin))
        ? { ok: true }
        : { ok: false, message: 'The party has gone on meanwhile. Look where it is now, and press again.' };
    case 'resync':
      host.resync();
      return { ok: true };
    case 'seen':
      host.seen();
      return { ok: true };
    case 'show_overlay':
      host.showOverlay(command.on);
      return { ok: true };
    case 'drift_log':
      return { ok: true, driftLog: host.driftLog() };
    case 'probe_tab':
      return { ok: true, probe: await host.probe(command.tabId) };
    case 'check_site':
      return { ok: true, siteCheck: await host.checkSite(command.tabId, command.tries) };
    default:
      host.dispatch(command);
      return { ok: true };
  }
}

/** A fresh name for each party: nobody can follow a person from room to room by it. */
function asNobody(displayName: string, { newId }: CommandHost): Pick<SessionStart, 'me' | 'resumeToken'> {
  return { me: { userId: newId(), displayName }, resumeToken: newId() };
}
