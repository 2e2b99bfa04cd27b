import { browser, type Browser } from 'wxt/browser';
import { command } from '../messaging/commands.ts';
import { overlayAct } from '../messaging/overlay.ts';
import { PORTS } from '../messaging/runtime-port.ts';
import { after } from '../messaging/throttle.ts';
import { step } from '../party/index.ts';
import { browserTabs } from './browser-tabs.ts';
import { CaptureDocument } from './capture-document.ts';
import { forgetOld } from './forget-old.ts';
import { keepAwake, WATCHDOG } from './keep-awake.ts';
import { keepFromPages } from './keep-from-pages.ts';
import { Keeper } from './keeper.ts';
import { isOverlayPage, OverlayGate } from './overlay-gate.ts';
import { OverlayPlaces, siteHash } from './overlay-places.ts';
import { PartyCore, type CoreHost } from './party-core.ts';
import { Permitted } from './permitted.ts';
import { Prober } from './prober.ts';
import { loadParty, storeParty } from './saved-party.ts';
import { SiteChecker } from './site-checker.ts';

/**
 * The background of the extension: owns the connection and the party. Every listener is added before anything is
 * awaited, since a service worker that was woken hears only what it listens to at once.
 */
export function runBackground(): void {
  const permitted = new Permitted();
  const captureDocument = new CaptureDocument((word) => core.call.captured(word));
  const stays = (tabId: number) => () => tabId === core.tabId;
  const core: PartyCore = new PartyCore({
    ...platform(),
    tabs: browserTabs(permitted),
    isProbing: (tabId) => prober.isProbing(tabId),
    probe: (tabId) => prober.probe(tabId, stays(tabId)),
    checkSite: (tabId, tries) => siteChecker.check(tabId, tries, stays(tabId)),
    capture: (word) => captureDocument.say(word),
    showBadge: badge(),
  });
  const prober = new Prober(core.frames);
  const siteChecker = new SiteChecker(core.frames, prober);
  const overlays = new OverlayGate((secret) => core.frames.tabOfOverlay(secret));
  const places = new OverlayPlaces({
    area: browser.storage.local,
    hash: siteHash,
    newSalt: () => crypto.randomUUID(),
  });
  const keeper = new Keeper({
    session: browser.storage.session,
    places,
    isOverlay: ({ id, url }) => id === browser.runtime.id && isOverlayPage(url),
    vouchedFor: (secret) => core.frames.tabOfOverlay(secret) !== null,
    isScript: ({ id, tab, frameId }) => id === browser.runtime.id && tab !== undefined && frameId === 0,
  });

  browser.runtime.onConnect.addListener((port) => {
    const isOwn = isOwnPage(port.sender);
    if (port.name === PORTS.view && isOwn) core.viewConnected(port);
    else if (port.name === PORTS.panel && isOwn) core.panelConnected(port);
    else if (port.name === PORTS.overlay) overlays.add(port, () => core.viewConnected(port));
    else if (port.name === PORTS.capture && isOwn) captureDocument.admit(port);
    else if (port.name === PORTS.call && isOwn) core.call.admitPanel(port);
    else if (port.name === PORTS.call) overlays.add(port, (tabId) => core.call.admit(port, tabId));
    else if (port.name === PORTS.player) core.playerConnected(port);
  });
  browser.runtime.onMessage.addListener((raw: unknown, sender, reply: (answer: unknown) => void) => {
    const kept = keeper.answer(raw, sender);
    if (kept) {
      void kept.catch(() => null).then(reply);
      return true;
    }
    const parsed = command.safeParse(raw);
    if (!parsed.success || !(isOwnPage(sender) || overlays.has(sender))) return false;
    void core
      .command(parsed.data)
      .catch((error: unknown) => {
        console.error('[streamsync] command failed', parsed.data.type, error);
        return { ok: false as const, message: 'That did not work; please try again.' };
      })
      .then(reply);
    // The answer comes later.
    return true;
  });
  browser.runtime.onInstalled.addListener(() => void forgetOld(browser.storage.local, places));
  keepFromPages(browser.storage.local);
  browser.tabs.onUpdated.addListener((tabId, { status }, { url }) => {
    if (status !== undefined) core.tabUpdated(tabId, status === 'loading', url);
  });
  browser.tabs.onRemoved.addListener((tabId) => core.tabRemoved(tabId));
  const onPermissions = () => {
    permitted.changed();
    core.permissionsChanged();
  };
  browser.permissions.onAdded.addListener(onPermissions);
  browser.permissions.onRemoved.addListener(onPermissions);
  browser.commands.onCommand.addListener((name) => {
    const act = overlayAct.safeParse(name);
    if (name === 'microphone') core.shortcut(name);
    else if (act.success) core.shortcut(act.data);
  });
  // Waking is all the watchdog is for: a woken background takes the party up again by itself.
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === WATCHDOG) void core.ready;
  });
  globalThis.addEventListener('online', () => core.networkBack());
}

/** What of the host is the same in every life of the background. */
const platform = () =>
  ({
    nowMs: () => performance.now(),
    wallMs: () => Date.now(),
    random: Math.random,
    newId: () => crypto.randomUUID(),
    after,
    openSocket: (url) => new WebSocket(url),
    step,
    load: loadParty,
    store: storeParty,
    sessionArea: browser.storage.session,
    partyChanged: keepAwake,
    askPermission: () => void browser.tabs.create({ url: browser.runtime.getURL('/call.html') }),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    sha256: async (text) =>
      new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
    log: (message) => console.warn(`[streamsync] ${message}`),
  }) satisfies Partial<CoreHost>;

/** Shows the number of unread messages on the icon; a problem goes before them. */
function badge(): CoreHost['showBadge'] {
  let shown: string | undefined;
  return ({ hasProblem, unread }) => {
    const count = unread > 99 ? '99+' : unread > 0 ? String(unread) : '';
    const text = hasProblem ? '!' : count;
    // The session changes several times a second, the badge hardly ever.
    if (text === shown) return;
    shown = text;
    const icon = import.meta.env.MANIFEST_VERSION === 3 ? browser.action : browser.browserAction;
    void icon.setBadgeText({ text });
  };
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
