import { browser, type Browser } from 'wxt/browser';
import { CALL_PORT } from '../messaging/call-port.ts';
import { CAPTURE_PORT } from '../messaging/capture-words.ts';
import { command, type Command } from '../messaging/commands.ts';
import { OVERLAY_PORT, overlayAct } from '../messaging/overlay.ts';
import { PANEL_PORT } from '../messaging/panel-port.ts';
import { PLAYER_PORT } from '../messaging/player-port.ts';
import { Throttle } from '../messaging/throttle.ts';
import type { View } from '../messaging/view.ts';
import type { Session } from '../party/index.ts';
import { sameSite } from '../player/sites/film-address.ts';
import { CaptureDocument } from './capture-document.ts';
import { CallDesk } from './call-desk.ts';
import { obey, type CommandEdges } from './commands.ts';
import { DriftRecorder } from './drift-log.ts';
import { forgetOld } from './forget-old.ts';
import { Frames } from './frames.ts';
import { keepAwake, WATCHDOG } from './keep-awake.ts';
import { keepFromPages } from './keep-from-pages.ts';
import { Keeper } from './keeper.ts';
import { isOverlayPage, OverlayGate } from './overlay-gate.ts';
import { OverlayPlaces, siteHash } from './overlay-places.ts';
import { PartyRunner } from './party-runner.ts';
import { Permitted } from './permitted.ts';
import { PartyTab } from './party-tab.ts';
import { contentOf, makeView } from './party-view.ts';
import { loadParty, storeParty } from './saved-party.ts';
import { Prober } from './prober.ts';
import { SeenAds } from './seen-ads.ts';
import { SiteChecker } from './site-checker.ts';
import { showInTab, tabExists, takeTab } from './tab-scripts.ts';
import { Unread } from './unread.ts';
import { ViewPorts } from './view-ports.ts';

const VIEW_PORT = 'view';
/** Others turn their camera on and off as often as they like; the page with the call need not draw each. */
const ROSTER_EVERY_MS = 100;
/** What pages ask by themselves, some of it whenever somebody else has said something. */
const BY_PAGES: ReadonlySet<Command['command']> = new Set(['seen', 'set_typing', 'probe_tab', 'drift_log']);

/**
 * The background of the extension: owns the connection and the party. Every listener is added before anything is
 * awaited, since a service worker that was woken hears only what it listens to at once.
 */
export function runBackground(): void {
  const panels = new Set<Browser.runtime.Port>();
  const drift = new DriftRecorder();
  const unread = new Unread();
  /** Where the person agreed that the tab goes once it is known what the room watches. */
  let agreedOrigin: string | null = null;
  let badge: string | undefined;

  const seenAds = new SeenAds(browser.storage.session);
  const frames = new Frames({
    adsOf: (frame) => seenAds.of(frame),
    message: (frame, message) => {
      if (message.type === 'clock') tab.answerClock(frame, message.t1Ms);
      else if (frame.tabId !== runner.session?.tabId) return;
      else if (message.type === 'ads') seenAds.note(frame, message.breaks);
      else tab.heard(frame, message);
    },
    filmChanged: (tabId) => {
      if (tabId === runner.session?.tabId) tab.filmChanged();
    },
    left: (tabId) => {
      if (tabId === runner.session?.tabId) void tab.enter();
    },
  });
  const places = new OverlayPlaces({
    area: browser.storage.local,
    hash: siteHash,
    newSalt: () => crypto.randomUUID(),
  });
  const keeper = new Keeper({
    session: browser.storage.session,
    places,
    isOverlay: ({ id, url }) => id === browser.runtime.id && isOverlayPage(url),
    vouchedFor: (secret) => frames.tabOfOverlay(secret) !== null,
    isScript: ({ id, tab, frameId }) => id === browser.runtime.id && tab !== undefined && frameId === 0,
  });
  const prober = new Prober(frames);
  const siteChecker = new SiteChecker(frames, prober);
  const overlays = new OverlayGate((secret) => frames.tabOfOverlay(secret));
  const runner = new PartyRunner({
    load: async () => {
      await seenAds.load();
      return loadParty();
    },
    store: storeParty,
    changed: (session, before) => onSession(session, before),
    offer: (onlyPlaying) => tab.offer(onlyPlaying),
    goTo: (url) => {
      const tabId = runner.session?.tabId ?? null;
      if (tabId !== null) void takeTab(tabId, url);
    },
    call: (news) => {
      // Whom a signal is from is known before it comes.
      roster.flush();
      call.tell(news);
    },
    log: (message) => console.warn(`[streamsync] ${message}`),
  });
  const permitted = new Permitted();
  const tab = new PartyTab({
    session: () => runner.session,
    dispatch: (event) => runner.dispatch(event),
    frames,
    permitted,
    changed: () => views.changed(),
  });

  const captureDocument = new CaptureDocument((word) => call.captured(word));
  const call = new CallDesk({
    session: () => runner.session,
    dispatch: (event) => {
      runner.dispatch(event);
      roster.flush();
    },
    duck: (level) => tab.duck(level),
    capture: (word) => captureDocument.say(word),
    askPermission: () => void browser.tabs.create({ url: browser.runtime.getURL('/call.html') }),
    nowMs: () => performance.now(),
  });

  const roster = new Throttle(() => call.tellRoster(), ROSTER_EVERY_MS);
  const views = new ViewPorts({ view, told: (told) => showBadge(told) });

  function onSession(session: Session | null, before: Session | null): void {
    if (!session !== !before) keepAwake(session !== null);
    const tabId = before?.tabId ?? null;
    if (tabId !== null && tabId !== session?.tabId) {
      frames.dismiss(tabId);
      seenAds.forget();
    }
    drift.heard(session, before, Date.now());
    tab.tellPlayer();
    if (session?.tabId !== before?.tabId || session?.me.userId !== before?.me.userId) call.partyMoved();
    if (isRosterNews(session, before)) roster.ask();
    views.changed();
    if (agreedOrigin !== null && session?.content) {
      const origin = agreedOrigin;
      agreedOrigin = null;
      void goToContent(origin).then((went) => tab.asksToCome(!went));
    }
  }

  function view(): View {
    return makeView(runner.session, tab, panels.size > 0, performance.now(), Date.now());
  }

  function showBadge(now = view()): void {
    const text = badgeText(now, unread.count(runner.session));
    // The session changes several times a second, the badge hardly ever.
    if (text === badge) return;
    badge = text;
    const icon = import.meta.env.MANIFEST_VERSION === 3 ? browser.action : browser.browserAction;
    void icon.setBadgeText({ text });
  }

  /** @param agreed The origin that the person agreed to: the room may have gone on since. */
  async function goToContent(agreed: string): Promise<boolean> {
    const session = runner.session;
    const url = session && contentOf(session)?.url;
    if (!session || !url || !sameSite(agreed, url)) return false;
    if (session.tabId !== null && (await tabExists(session.tabId))) await showInTab(session.tabId, url);
    else useTab((await browser.tabs.create({ url })).id ?? null, false);
    return true;
  }

  function useTab(tabId: number | null, share: boolean): void {
    tab.left();
    runner.dispatch({ on: 'tab', tabId, share });
    void tab.enter();
  }

  /** This person has done something: they see it at once, and it outlives this background. */
  function acted(): void {
    runner.keep();
    views.acted();
  }

  /** A panel can be seen, until it disconnects. */
  function panelSeen(port: Browser.runtime.Port): void {
    panels.add(port);
    port.onDisconnect.addListener(() => {
      panels.delete(port);
      views.changed();
    });
    views.add(port, runner.ready);
    void runner.ready.then(() => views.changed());
  }

  const commandEdges: CommandEdges = {
    begin: (start, goesTo) => {
      tab.left();
      agreedOrigin = goesTo?.agreedOrigin ?? null;
      tab.asksToCome(goesTo !== null && agreedOrigin === null);
      runner.begin(start);
      void tab.enter();
    },
    end: () => {
      agreedOrigin = null;
      runner.end();
    },
    dispatch: (event) => runner.dispatch(event),
    useTab: (tabId) => useTab(tabId, true),
    goToContent,
    resync: () => tab.resync(),
    showOverlay: (on) => tab.showOverlay(on),
    seen: () => {
      unread.seen(runner.session);
      showBadge();
    },
    captureAllowed: () => call.allowed(),
    driftLog: () => drift.read(Date.now()),
    probe: (tabId) => prober.probe(tabId, () => tabId === runner.session?.tabId),
    checkSite: (tabId, tries) => siteChecker.check(tabId, tries, () => tabId === runner.session?.tabId),
    newId: () => crypto.randomUUID(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    sha256: async (text) =>
      new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
    wallMs: () => Date.now(),
  };

  browser.runtime.onConnect.addListener((port) => {
    if (port.name === VIEW_PORT && isOwnPage(port.sender)) views.add(port, runner.ready);
    else if (port.name === PANEL_PORT && isOwnPage(port.sender)) panelSeen(port);
    else if (port.name === OVERLAY_PORT) overlays.add(port, () => views.add(port, runner.ready));
    else if (port.name === CAPTURE_PORT && isOwnPage(port.sender)) captureDocument.admit(port);
    else if (port.name === CALL_PORT && isOwnPage(port.sender)) call.admitPanel(port);
    else if (port.name === CALL_PORT) overlays.add(port, (tabId) => call.admit(port, tabId));
    else if (port.name === PLAYER_PORT) {
      // Messages sent meanwhile would be lost without a listener, so the port is taken at once.
      frames.add(port);
      void runner.ready.then(() => {
        const tabId = port.sender?.tab?.id;
        if (tabId === undefined || tabId === runner.session?.tabId || prober.isProbing(tabId)) return;
        frames.dismiss(tabId);
      });
    }
  });

  browser.runtime.onMessage.addListener((raw: unknown, sender, reply: (answer: unknown) => void) => {
    const kept = keeper.answer(raw, sender);
    if (kept) {
      void kept.catch(() => null).then(reply);
      return true;
    }
    const parsed = command.safeParse(raw);
    if (!parsed.success || !(isOwnPage(sender) || overlays.has(sender))) return false;
    void runner.ready
      .then(() => obey(parsed.data, commandEdges))
      .then((answer) => {
        if (!BY_PAGES.has(parsed.data.command)) acted();
        return answer;
      })
      .catch((error: unknown) => {
        console.error('[streamsync] command failed', parsed.data.command, error);
        return { ok: false as const, message: 'That did not work; please try again.' };
      })
      .then(reply);
    // The answer comes later.
    return true;
  });

  browser.runtime.onInstalled.addListener(() => void forgetOld(browser.storage.local, places));
  keepFromPages(browser.storage.local);
  browser.tabs.onUpdated.addListener((tabId, { status }, { url }) => {
    if (status === undefined) return;
    void runner.ready.then(() => {
      if (tabId !== runner.session?.tabId) return;
      // A page that begins to load has lost its scripts; `left` is told by their ports too, but not for a page
      // that never let us in.
      if (status === 'loading' && !frames.has(tabId)) tab.left();
      void tab.enter(url, status === 'loading');
    });
  });
  browser.tabs.onRemoved.addListener((tabId) => {
    void runner.ready.then(() => {
      if (tabId !== runner.session?.tabId) return;
      tab.left();
      runner.dispatch({ on: 'tab', tabId: null, share: false });
    });
  });
  const onPermissions = () => {
    permitted.changed();
    void runner.ready.then(() => tab.enter());
  };
  browser.permissions.onAdded.addListener(onPermissions);
  browser.permissions.onRemoved.addListener(onPermissions);
  browser.commands.onCommand.addListener((name) => {
    const act = overlayAct.safeParse(name);
    void runner.ready.then(() => {
      if (name === 'microphone') call.toggleMicrophone();
      else if (act.success) tab.overlayAct(act.data);
    });
  });
  // Waking is all the watchdog is for: a woken background takes the party up again by itself.
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === WATCHDOG) void runner.ready;
  });
  globalThis.addEventListener('online', () => runner.dispatch({ on: 'network_back' }));
  void runner.ready.then(async () => {
    const tabId = runner.session?.tabId;
    if (tabId === undefined || tabId === null) return;
    if (await tabExists(tabId)) await tab.enter();
    else runner.dispatch({ on: 'tab', tabId: null, share: false });
  });
}

/** Whether who is in the call, or with what, may be another than before. */
function isRosterNews(session: Session | null, before: Session | null): boolean {
  if (!session || !before) return session !== before;
  const parts = ['peers', 'me', 'media', 'phase', 'roomId'] as const;
  return parts.some((part) => session[part] !== before[part]);
}

/** A problem goes before news. */
function badgeText({ party }: View, unread: number): string {
  if (party && party.problems.length > 0) return '!';
  return unread > 99 ? '99+' : unread > 0 ? String(unread) : '';
}

/**
 * Only pages of this extension may command it; its content scripts live in hostile pages. One that is in a frame may have
 * been put there by anybody: for those there is {@link OverlayGate}.
 */
function isOwnPage(sender: Browser.runtime.MessageSender | undefined): boolean {
  const own = sender?.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL('/'));
  // A frame in a window that is in no tab would have no number, and pass for a page of its own.
  return own === true && (sender.frameId ?? 0) === 0 && !isOverlayPage(sender.url);
}
