import type { Command, CommandReply, DriftLog, TabProbe } from '../messaging/commands.ts';
import type { OverlayAct } from '../messaging/overlay.ts';
import type { RuntimePort } from '../messaging/runtime-port.ts';
import type { SiteCheck } from '../messaging/site-check.ts';
import type { StorageArea } from '../messaging/storage-area.ts';
import { Throttle } from '../messaging/throttle.ts';
import type { View } from '../messaging/view.ts';
import type { Session, SessionStart } from '../party/index.ts';
import type { Sha256 } from '../invite/room-proof.ts';
import { sameSite } from '../sites/content-address.ts';
import { CallDesk } from './call-desk.ts';
import { handleCommand, type CommandHost } from './commands.ts';
import { DriftRecorder } from './drift-log.ts';
import { Frames } from './frames.ts';
import { PartyTab } from './party-tab.ts';
import { contentOf, makeView, problemsOf } from './party-view.ts';
import { SeenAds } from './seen-ads.ts';
import { SessionRunner, type RunnerHost } from './session-runner.ts';
import type { TabHost } from './tab-host.ts';
import { Unread } from './unread.ts';
import { ViewPorts } from './view-ports.ts';

/** Others turn their camera on and off as often as they like; the page with the call need not draw each. */
const ROSTER_EVERY_MS = 100;
/** What pages ask by themselves, some of it whenever somebody else has said something. */
const BY_PAGES: ReadonlySet<Command['type']> = new Set(['seen', 'set_typing', 'probe_tab', 'drift_log']);

/** Everything that the background needs of the browser around it. */
export interface CoreHost extends Omit<RunnerHost, 'changed' | 'offer' | 'goTo' | 'call'> {
  tabs: TabHost;
  /** Storage that lives as long as the browser. */
  sessionArea: StorageArea;
  /** Whether a tab's scripts are there only to look, and leave by themselves. */
  isProbing: (tabId: number) => boolean;
  probe: (tabId: number) => Promise<TabProbe>;
  checkSite: (tabId: number, tries: boolean) => Promise<SiteCheck>;
  /** For the page that captures where the overlay may not; `null` ends it. */
  capture: (word: Record<string, unknown> | null) => void;
  askPermission: () => void;
  /** A party has begun or ended. */
  partyChanged: (on: boolean) => void;
  /** What the icon is to say; told whenever it may have changed. */
  showBadge: (badge: { hasProblem: boolean; unread: number }) => void;
  randomBytes: (count: number) => Uint8Array;
  sha256: Sha256;
}

/** Session, tab, frames, pages and call wired together: everything that the background does, on a host. */
export class PartyCore {
  readonly frames: Frames;
  readonly call: CallDesk;
  readonly tab: PartyTab;
  readonly #host: CoreHost;
  readonly #runner: SessionRunner;
  readonly #views: ViewPorts;
  readonly #roster: Throttle;
  readonly #seenAds: SeenAds;
  readonly #drift = new DriftRecorder();
  readonly #unread = new Unread();
  readonly #panels = new Set<RuntimePort>();
  readonly #commands: CommandHost;
  /** Where the user agreed that the tab goes once it is known what the room watches. */
  #agreedOrigin: string | null = null;

  constructor(host: CoreHost) {
    const { after, nowMs, tabs } = host;
    this.#host = host;
    this.#seenAds = new SeenAds(host.sessionArea);
    this.frames = new Frames({
      adsOf: (frame) => this.#seenAds.of(frame),
      message: (frame, message) => {
        if (message.type === 'clock') this.tab.answerClock(frame, message.t1Ms);
        else if (frame.tabId !== this.tabId) return;
        else if (message.type === 'ads') this.#seenAds.note(frame, message.breaks);
        else this.tab.heard(frame, message);
      },
      filmChanged: (tabId) => {
        if (tabId === this.tabId) this.tab.filmChanged();
      },
      left: (tabId) => {
        if (tabId === this.tabId) void this.tab.enter();
      },
    });
    this.#views = new ViewPorts({ view: () => this.view(), told: () => this.#showBadge(), after });
    this.tab = new PartyTab({
      session: () => this.session,
      dispatch: (event) => this.#runner.dispatch(event),
      frames: this.frames,
      tabs,
      nowMs,
      changed: () => this.#views.changed(),
      after,
    });
    this.call = new CallDesk({
      session: () => this.session,
      dispatch: (event) => {
        this.#runner.dispatch(event);
        this.#roster.flush();
      },
      duck: (level) => this.tab.duck(level),
      capture: host.capture,
      askPermission: host.askPermission,
      nowMs,
    });
    this.#roster = new Throttle(() => this.call.tellRoster(), ROSTER_EVERY_MS, after);
    this.#runner = new SessionRunner({
      ...host,
      load: async () => {
        await this.#seenAds.load();
        return host.load();
      },
      changed: (session, before) => this.#sessionChanged(session, before),
      offer: (onlyPlaying) => this.tab.offer(onlyPlaying),
      goTo: (url) => {
        if (this.tabId !== null) void tabs.navigate(this.tabId, url);
      },
      call: (news) => {
        // Whom a signal is from is known before it comes.
        this.#roster.flush();
        this.call.tell(news);
      },
    });
    this.#commands = this.#commandHost();
    void this.ready.then(() => this.#enterOrLeave());
  }

  /** Settles when a party of the background's former life has been taken up again. */
  get ready(): Promise<void> {
    return this.#runner.ready;
  }

  get session(): Session | null {
    return this.#runner.session;
  }

  /** The tab that takes part. */
  get tabId(): number | null {
    return this.session?.tab.tabId ?? null;
  }

  /** Begins a part in a room. `goesTo`: the tab shows no video of its own, and goes to the room's. */
  begin(start: SessionStart, goesTo: { agreedOrigin: string | null } | null): void {
    this.tab.left();
    this.#agreedOrigin = goesTo?.agreedOrigin ?? null;
    this.tab.asksToCome(goesTo !== null && this.#agreedOrigin === null);
    this.#runner.begin(start);
    void this.tab.enter();
  }

  /** Does what a page of the extension asks. */
  async command(command: Command): Promise<CommandReply> {
    await this.ready;
    const reply = await handleCommand(command, this.#commands);
    if (!BY_PAGES.has(command.type)) {
      // Its user sees it at once, and it outlives this background.
      this.#runner.keep();
      this.#views.acted();
    }
    return reply;
  }

  playerConnected(port: RuntimePort): void {
    // Messages sent meanwhile would be lost without a listener, so the port is taken at once.
    this.frames.add(port);
    void this.ready.then(() => {
      const tabId = port.sender?.tab?.id;
      if (tabId === undefined || tabId === this.tabId || this.#host.isProbing(tabId)) return;
      this.frames.dismiss(tabId);
    });
  }

  viewConnected(port: RuntimePort): void {
    this.#views.add(port, this.ready);
  }

  /** A panel can be seen, until it disconnects. */
  panelConnected(port: RuntimePort): void {
    this.#panels.add(port);
    port.onDisconnect.addListener(() => {
      this.#panels.delete(port);
      this.#views.changed();
    });
    this.#views.add(port, this.ready);
    void this.ready.then(() => this.#views.changed());
  }

  /** The page of a tab begins to load, or is there. */
  tabUpdated(tabId: number, isLoading: boolean, url: string | undefined): void {
    void this.ready.then(() => {
      if (tabId !== this.tabId) return;
      // A page that begins to load has lost its scripts; `left` is told by their ports too, but not for a page
      // that never let us in.
      if (isLoading && !this.frames.has(tabId)) this.tab.left();
      void this.tab.enter(url, isLoading);
    });
  }

  tabRemoved(tabId: number): void {
    void this.ready.then(() => {
      if (tabId !== this.tabId) return;
      this.tab.left();
      this.#runner.dispatch({ type: 'tab', tabId: null, share: false });
    });
  }

  permissionsChanged(): void {
    void this.ready.then(() => this.tab.enter());
  }

  networkBack(): void {
    this.#runner.dispatch({ type: 'network_back' });
  }

  /** A key of the browser was pressed. */
  shortcut(act: OverlayAct | 'microphone'): void {
    void this.ready.then(() => {
      if (act === 'microphone') this.call.toggleMicrophone();
      else this.tab.overlayAct(act);
    });
  }

  view(): View {
    const { nowMs, wallMs } = this.#host;
    return makeView(this.session, this.tab, this.#panels.size > 0, nowMs(), wallMs());
  }

  /** After the background has died: the tab of its party may have been closed meanwhile. */
  async #enterOrLeave(): Promise<void> {
    const { tabId } = this;
    if (tabId === null) return;
    if (await this.#host.tabs.exists(tabId)) await this.tab.enter();
    else this.#runner.dispatch({ type: 'tab', tabId: null, share: false });
  }

  #sessionChanged(session: Session | null, before: Session | null): void {
    if (!session !== !before) this.#host.partyChanged(session !== null);
    const tabId = before?.tab.tabId ?? null;
    if (tabId !== null && tabId !== session?.tab.tabId) {
      this.frames.dismiss(tabId);
      this.#seenAds.forget();
    }
    this.#drift.heard(session && reportsIn(session), before && reportsIn(before), this.#host.wallMs());
    this.tab.tellPlayer();
    if (
      session?.tab.tabId !== before?.tab.tabId ||
      session?.identity.me.userId !== before?.identity.me.userId
    )
      this.call.partyMoved();
    if (isRosterNews(session, before)) this.#roster.ask();
    this.#views.changed();
    if (this.#agreedOrigin !== null && session?.playback.content) {
      const origin = this.#agreedOrigin;
      this.#agreedOrigin = null;
      void this.#goToContent(origin).then((went) => this.tab.asksToCome(!went));
    }
  }

  #showBadge(): void {
    const { session } = this;
    const hasProblem = session !== null && problemsOf(session, this.tab).length > 0;
    this.#host.showBadge({ hasProblem, unread: this.#unread.count(session && chatIn(session)) });
  }

  /** @param agreed The origin that the user agreed to: the room may have gone on since. */
  async #goToContent(agreed: string): Promise<boolean> {
    const { session, tabId } = this;
    const { tabs } = this.#host;
    const url = session && contentOf(session)?.url;
    if (!url || !sameSite(agreed, url)) return false;
    if (tabId !== null && (await tabs.exists(tabId))) await tabs.show(tabId, url);
    else this.#useTab(await tabs.create(url), false);
    return true;
  }

  #useTab(tabId: number | null, share: boolean): void {
    this.tab.left();
    this.#runner.dispatch({ type: 'tab', tabId, share });
    void this.tab.enter();
  }

  #commandHost(): CommandHost {
    const { newId, randomBytes, sha256, wallMs, probe, checkSite } = this.#host;
    return {
      ...{ newId, randomBytes, sha256, probe, checkSite },
      begin: (start, goesTo) => this.begin(start, goesTo),
      end: () => {
        this.#agreedOrigin = null;
        this.#runner.end();
      },
      dispatch: (event) => this.#runner.dispatch(event),
      useTab: (tabId) => this.#useTab(tabId, true),
      goToContent: (origin) => this.#goToContent(origin),
      resync: () => this.tab.resync(),
      showOverlay: (on) => this.tab.showOverlay(on),
      seen: () => {
        this.#unread.seen(this.session && chatIn(this.session));
        this.#showBadge();
      },
      captureAllowed: () => this.call.allowed(),
      driftLog: (): DriftLog => this.#drift.read(wallMs()),
    };
  }
}

/** Whether who is in the call, or with what, may be another than before. */
function isRosterNews(session: Session | null, before: Session | null): boolean {
  if (!session || !before) return session !== before;
  const parts = ({ room, identity, call, connection }: Session) =>
    [room.peers, identity.me, call.media, connection.phase, identity.roomId] as const;
  const former = parts(before);
  return parts(session).some((part, at) => part !== former[at]);
}

const chatIn = ({ identity, chat }: Session) => ({ roomId: identity.roomId, chat: chat.messages });

const reportsIn = ({ identity, report, room }: Session) => ({
  me: identity.me,
  myReport: report.current,
  peers: room.peers,
});
