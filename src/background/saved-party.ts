import { browser } from 'wxt/browser';
import { savedSession, type SavedSession } from '../party/index.ts';

const KEY = 'party';

/**
 * The party across deaths of the background. `storage.session` lives as long as the browser and is not written to disk.
 */
export async function loadParty(): Promise<SavedSession | null> {
  const stored: unknown = (await browser.storage.session.get(KEY))[KEY];
  const parsed = savedSession.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

export async function storeParty(saved: SavedSession | null): Promise<void> {
  await (saved ? browser.storage.session.set({ [KEY]: saved }) : browser.storage.session.remove(KEY));
}
