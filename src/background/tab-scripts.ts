import { browser } from 'wxt/browser';

const PLAYER_SCRIPT = '/player.js';

/**
 * Puts the player script into every frame of a tab that the person has let us into. Frames that already have it keep
 * the one they have. False when the tab is closed to us.
 */
export async function injectPlayer(tabId: number): Promise<boolean> {
  try {
    await browser.scripting.executeScript({
      target: { tabId, allFrames: true },
      files: [PLAYER_SCRIPT],
    });
    return true;
  } catch {
    // The browsers' words for "no permission", "no such tab" and "a browser page" differ and change.
    return false;
  }
}

/** Brings a tab to an address, and to the front. */
export async function showInTab(tabId: number, url: string): Promise<void> {
  await browser.tabs.update(tabId, { url, active: true });
}

export async function tabExists(tabId: number): Promise<boolean> {
  return browser.tabs.get(tabId).then(
    () => true,
    () => false,
  );
}
