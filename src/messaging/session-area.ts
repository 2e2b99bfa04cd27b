import { browser } from 'wxt/browser';
import { keptReply, type KeptMessage } from './kept.ts';
import type { StorageArea } from './storage-area.ts';

/**
 * For what ends with the browser. Firefox's frames have the name of this area and nothing behind it: for them the background keeps it.
 *
 * @param claim What an overlay shows to be let in, once it knows.
 */
export function sessionArea(claim?: unknown): StorageArea {
  const { session } = browser.storage as { session?: StorageArea };
  return session ?? backgroundArea((message) => browser.runtime.sendMessage(message), claim);
}

const RETRY_MS = 50;
const TRIES = 40;

/** The background's area. It answers once the script around this page has vouched for it, which may be a moment later. */
export function backgroundArea(ask: (message: unknown) => Promise<unknown>, claim: unknown): StorageArea {
  const keep = async (what: Omit<KeptMessage, 'secret'> & { value?: unknown }) => {
    const claimed = (await claim) as object | undefined;
    for (let tried = 0; tried < TRIES; tried += 1) {
      const reply = keptReply.safeParse(await ask({ ...claimed, ...what }).catch(() => undefined));
      if (reply.data?.kept) return reply.data.kept;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    return {};
  };
  return {
    get: (key) => keep({ keep: 'read', key }),
    set: async (items) => {
      for (const [key, value] of Object.entries(items)) await keep({ keep: 'write', key, value });
    },
    remove: async (key) => {
      await keep({ keep: 'remove', key });
    },
  };
}
