import { z } from 'zod';
import { knownBreaks, type KnownBreak } from '../messaging/ad-breaks.ts';
import type { StorageArea } from '../messaging/storage-area.ts';

const KEY = 'ads';
const seenAds = z.object({ tabId: z.int(), origin: z.string(), breaks: knownBreaks });

/**
 * Where ads have been seen in the stream of the party's tab, over a reload of its page and a death of the background. Not in the
 * page's own storage, by which it would know us.
 */
export class SeenAds {
  readonly #storage: StorageArea;
  #seen: z.infer<typeof seenAds> | null = null;

  /** @param storage Lives as long as the browser. */
  constructor(storage: StorageArea) {
    this.#storage = storage;
  }

  async load(): Promise<void> {
    const stored: unknown = (await this.#storage.get(KEY))[KEY];
    this.#seen ??= seenAds.safeParse(stored).data ?? null;
  }

  of({ tabId, url }: { tabId: number; url: string }): readonly KnownBreak[] {
    const { tabId: seenIn, origin, breaks } = this.#seen ?? {};
    return breaks && seenIn === tabId && origin === originOf(url) ? breaks : [];
  }

  note({ tabId, url }: { tabId: number; url: string }, breaks: KnownBreak[]): void {
    this.#seen = { tabId, origin: originOf(url), breaks };
    void this.#storage.set({ [KEY]: this.#seen });
  }

  forget(): void {
    if (!this.#seen) return;
    this.#seen = null;
    void this.#storage.remove(KEY);
  }
}

/** A frame may have no address of its own. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}
