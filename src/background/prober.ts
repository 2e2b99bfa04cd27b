import { browser } from 'wxt/browser';
import type { TabProbe } from '../messaging/commands.ts';
import type { Frames } from './frames.ts';
import { injectPlayer } from './tab-scripts.ts';

const WAIT_MS = 600;
const LOOK_EVERY_MS = 50;

/** Looks into a tab for a person who has just asked, and leaves it as it was. */
export class Prober {
  readonly #frames: Frames;
  readonly #probing = new Set<number>();

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  isProbing(tabId: number): boolean {
    return this.#probing.has(tabId);
  }

  /** @param stays Whether the tab takes part in the party by the end, so that its scripts stay. */
  async probe(tabId: number, stays: () => boolean): Promise<TabProbe> {
    const { url } = await browser.tabs.get(tabId);
    if (url !== undefined && !/^https?:/.test(url)) return { status: 'not_a_site', hiddenFrameOrigins: [] };
    this.#probing.add(tabId);
    try {
      if (!(await injectPlayer(tabId))) return { status: 'not_permitted', hiddenFrameOrigins: [] };
      await this.#filmOrTimeout(tabId);
      if (this.#frames.driver(tabId)) return { status: 'ok', hiddenFrameOrigins: [] };
      const origins = this.#frames.largeOrigins(tabId);
      return { status: 'no_video', hiddenFrameOrigins: await notPermitted(origins) };
    } finally {
      this.#probing.delete(tabId);
      if (!stays()) this.#frames.dismiss(tabId);
    }
  }

  async #filmOrTimeout(tabId: number): Promise<void> {
    const endMs = performance.now() + WAIT_MS;
    while (!this.#frames.driver(tabId) && performance.now() < endMs) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

async function notPermitted(origins: readonly string[]): Promise<string[]> {
  // Match patterns know no ports (MDN, "Match patterns").
  const patterns = origins.map((origin) => `${origin.replace(/:\d+$/, '')}/*`);
  const allowed = await Promise.all(
    patterns.map((pattern) => browser.permissions.contains({ origins: [pattern] })),
  );
  return origins.filter((_, index) => !allowed[index]);
}
