import type { BrowserContext, Page } from 'playwright';
import type { Line } from './line.ts';

export interface OneWindow {
  page: Page;
  tabId: number;
}

/** The windows of the harness's browser. One that is done with is used again: to open one costs more than to load a page. */
export class Windows {
  readonly #context: BrowserContext;
  readonly #line: Line;
  readonly #free: OneWindow[] = [];
  /** They come one at a time, so that each is known for the one that was asked for. */
  #opening: Promise<unknown> = Promise.resolve();
  #asked = 0;

  constructor(context: BrowserContext, line: Line) {
    this.#context = context;
    this.#line = line;
  }

  async take(): Promise<OneWindow> {
    const free = this.#free.pop();
    if (free) return free;
    const opened = this.#opening.then(() => this.#open());
    this.#opening = opened.catch(() => undefined);
    return opened;
  }

  /** Nothing of what was in it is left, but in the browser's history. */
  async giveBack(window: OneWindow): Promise<void> {
    const { page } = window;
    for (const frame of page.frames())
      await frame.evaluate(() => sessionStorage.clear()).catch(() => undefined);
    await page.goto('about:blank');
    this.#free.push(window);
  }

  async #open(): Promise<OneWindow> {
    const ask = (this.#asked += 1);
    const answer = this.#line.next((word) => (word.on === 'opened' && word.ask === ask ? word.tabId : null));
    const coming = this.#context.waitForEvent('page');
    this.#line.say({ do: 'open', ask });
    const [page, tabId] = await Promise.all([coming, answer]);
    return { page, tabId };
  }
}
