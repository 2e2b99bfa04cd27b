import { knownBreaks, type KnownBreak } from './ad-breaks.ts';

const KEY = 'streamsync-ads';
/** As JSON; what is longer is not ours. */
const MOST_CHARS = 20_000;

/**
 * Where ads have been seen in a tab's stream, over a reload of its page. Kept in the page's own storage of the tab, so the page
 * may read and write it: what comes from there counts only as far as the clock that the site shows bears it out.
 */
export interface RememberedAds {
  read: () => readonly KnownBreak[];
  write: (breaks: readonly KnownBreak[]) => void;
}

/** @param storage Throws where a page may have none. */
export function rememberedAds(storage: () => Storage | undefined): RememberedAds {
  return {
    read: () => {
      try {
        const text = storage()?.getItem(KEY) ?? '[]';
        return text.length > MOST_CHARS ? [] : knownBreaks.parse(JSON.parse(text));
      } catch {
        // Denied, or not ours: as if nothing had been kept.
        return [];
      }
    },
    write: (breaks) => {
      try {
        storage()?.setItem(KEY, JSON.stringify(breaks));
      } catch {
        // Denied or full: after a reload the shown clock alone tells.
      }
    },
  };
}
