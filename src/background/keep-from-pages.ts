import type { Browser } from 'wxt/browser';

/**
 * Leaves `storage.local` to pages of the extension: scripts in pages of sites need nothing of it, and what they may read the process
 * of any site could. Chromium alone can; Firefox has this for `storage.session` only, which is so from the start.
 */
export function keepFromPages(area: Partial<Pick<Browser.storage.StorageArea, 'setAccessLevel'>>): void {
  void area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' }).catch(() => undefined);
}
