import { browser } from 'wxt/browser';
import type { TabProbe } from '../messaging/commands.ts';
import type { Frames } from './frames.ts';
import { notPermitted } from './permitted.ts';
import { injectPlayer } from './browser-tabs.ts';

const WAIT_MS = 600;
const LOOK_EVERY_MS = 50;

/** Looks into a tab for a person who has just asked, and leaves it as it was. */
export class Prober {
  readonly #frames: Frames;
  /** How many look into a tab at this moment. */
  readonly #probing = new Map<number, number>();

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  isProbing(tabId: number): boolean {
    return this.#probing.has(tabId);
  }

  /** @param stays Whether the tab takes part in the party by the end, so that its scripts stay. */
  async probe(tabId: number, stays: () => boolean): Promise<TabProbe> {
    const found = await this.visit(tabId, stays, async (): Promise<TabProbe> => {
      if (this.#frames.driver(tabId)) return { status: 'ok', hiddenFrameOrigins: [] };
      const origins = this.#frames.largeOrigins(tabId);
      return { status: 'no_video', hiddenFrameOrigins: await notPermitted(origins) };
    });
    return typeof found === 'string' ? { status: found, hiddenFrameOrigins: [] } : found;
  }

  /** Has the player script in a tab's frames for as long as `look` takes; or says why it may not. */
  async visit<T>(
    tabId: number,
    stays: () => boolean,
    look: () => Promise<T>,
  ): Promise<T | 'not_a_site' | 'not_permitted'> {
    const { url } = await browser.tabs.get(tabId);
    if (url !== undefined && !/^https?:/.test(url)) return 'not_a_site';
    this.#probing.set(tabId, (this.#probing.get(tabId) ?? 0) + 1);
    try {
      if (!(await injectPlayer(tabId))) return 'not_permitted';
      await this.#filmOrTimeout(tabId);
      return await look();
    } finally {
      const left = (this.#probing.get(tabId) ?? 1) - 1;
      if (left > 0) this.#probing.set(tabId, left);
      else {
        this.#probing.delete(tabId);
        if (!stays()) this.#frames.dismiss(tabId);
      }
    }
  }

  async #filmOrTimeout(tabId: number): Promise<void> {
    const endMs = performance.now() + WAIT_MS;
    while (!this.#frames.driver(tabId) && performance.now() < endMs) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
