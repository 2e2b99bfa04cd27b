import { browser, type Browser } from 'wxt/browser';
import { sameSite } from '../sites/content-address.ts';
import { bridgeOf, siteOf } from '../sites/lookup.ts';
import type { Permitted } from './permitted.ts';
import type { LoadingPage, TabHost } from './tab-host.ts';

const PLAYER = ['/player.js'] as const;
const PLAYER_AFTER_OVERLAY = ['/overlay-first.js', ...PLAYER] as const;

/** Tabs as the browser has them. */
export function browserTabs(permitted: Permitted): TabHost {
  return {
    isPermitted: (tabId, url) => permitted.has(tabId, url),
    injectPlayer,
    injectBridge,
    exists: async (tabId) => (await urlOf(tabId)) !== null,
    navigate,
    show: async (tabId, url) => {
      await browser.tabs.update(tabId, { url, active: true });
    },
    create: async (url) => (await browser.tabs.create({ url })).id ?? null,
  };
}

/**
 * Puts the player script into every frame of a tab that the user has let us into. Frames that already have it keep
 * the one they have. False when the tab is closed to us.
 *
 * @param loading The page has only started to load: only its top frame is there, and the script waits in it for the rest.
 */
export async function injectPlayer(tabId: number, loading: LoadingPage | null = null): Promise<boolean> {
  const files = [...(loading?.overlay ? PLAYER_AFTER_OVERLAY : PLAYER)];
  const put = (target: Browser.scripting.InjectionTarget) =>
    browser.scripting.executeScript({ target, files, injectImmediately: loading !== null });
  try {
    if (loading) await put({ tabId });
    else {
      const without = await framesWithoutPlayer(tabId);
      // Each by itself: one that has gone meanwhile fails.
      await Promise.allSettled(without.map((frameId) => put({ tabId, frameIds: [frameId] })));
    }
    return true;
  } catch {
    // The browsers' words for "no permission", "no such tab" and "a browser page" differ and change.
    return false;
  }
}

/** To read a script of that size for nothing costs a page as much as what its person waits for. */
async function framesWithoutPlayer(tabId: number): Promise<number[]> {
  const found = await browser.scripting.executeScript({
    target: { tabId, allFrames: true },
    func: hasPlayer,
  });
  return found.flatMap(({ frameId, result }) => (result === true ? [] : [frameId]));
}

/** Runs in the page (entrypoints/player.ts). */
function hasPlayer(): boolean {
  const { streamsyncPlayer } = globalThis as { streamsyncPlayer?: AbortController };
  return streamsyncPlayer !== undefined && !streamsyncPlayer.signal.aborted;
}

/**
 * Puts the script of a known site into its page's main world, where the site's player can be reached. False where the
 * address is of no such site: a page's word is not enough.
 */
export async function injectBridge(frame: { tabId: number; frameId: number; url: string }): Promise<boolean> {
  const name = bridgeOf(siteOf(frame.url));
  if (!name) return false;
  try {
    await browser.scripting.executeScript({
      target: { tabId: frame.tabId, frameIds: [frame.frameId] },
      files: [`/bridge-${name}.js`],
      world: 'MAIN',
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * Brings a tab to an address on the site where it is. Nobody has agreed to this one address, so what the session decided is
 * looked at once more by what the browser says of the tab. One that was closed or has gone elsewhere meanwhile is let be.
 */
async function navigate(tabId: number, url: string): Promise<void> {
  const here = await urlOf(tabId);
  if (!here || !sameSite(here, url)) return;
  await browser.tabs.update(tabId, { url }).catch(() => undefined);
}

/** The address of a tab, empty where it is not told; `null` where there is no such tab. */
async function urlOf(tabId: number): Promise<string | null> {
  return browser.tabs.get(tabId).then(
    ({ url = '' }) => url,
    () => null,
  );
}
