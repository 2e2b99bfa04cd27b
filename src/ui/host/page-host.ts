import type { Call } from '../../call/call.ts';
import type { BackgroundLink } from './background-link.ts';
import type { Invite } from '../../invite/invite.ts';
import type { RoomPreview } from '../../protocol/index.ts';
import type { Shortcuts } from './shortcuts.ts';
import type { SiteAccess } from './site-access.ts';
import type { DraftStore, SettingsStore } from './storage.ts';
import type { TargetTab } from './target-tab.ts';

/** All that a page needs of the browser, so that tests and previews can stand in for it. */
export interface PageHost {
  link: BackgroundLink;
  settings: SettingsStore;
  drafts: DraftStore;
  access: SiteAccess;
  targetTab: () => Promise<TargetTab | null>;
  /** False when the clipboard cannot be written. */
  copy: (text: string) => Promise<boolean>;
  /** The system's own way to hand on a link; null where there is none. */
  share: ((url: string) => void) | null;
  /** Who is in a room and what is on, without joining it. */
  fetchRoomPreview: (invite: Invite) => Promise<RoomPreview | null>;
  /** Gives the person a file to keep. */
  save: (name: string, text: string) => void;
  openOptions: () => void;
  shortcuts: Shortcuts;
  /** What runs here, for a bug report. */
  about: { version: string; browser: string };
  /** Opens the party beside the page; null where this page cannot. False when the browser refused. */
  openPanel: (() => Promise<boolean>) | null;
  /** Calls back when another tab comes to the front, or goes to another page: of a page that outlives that. */
  onTabChange?: (listener: () => void) => () => void;
  /** Where faces are shown: the call that this page may hold. */
  call?: Call;
}
