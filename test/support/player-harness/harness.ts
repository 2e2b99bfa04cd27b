import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumPath } from '../chromium.ts';
import { openLine } from './line.ts';
import { makeExtension } from './make-extension.ts';
import { PlayerPage } from './player-page.ts';
import { Windows } from './windows.ts';

/** Several windows at once: one that is behind another must not rest. */
const ALL_AWAKE = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export interface Harness {
  /** A page with the product's player script in it, in a window of its own; the test is its room. */
  open: (url: string) => Promise<PlayerPage>;
  close: () => Promise<void>;
}

/** One Chromium whose pages get the product's player script, and no party: what a background would say the test says. */
export async function startHarness({ args = [] }: { args?: string[] } = {}): Promise<Harness> {
  await using started = new AsyncDisposableStack();
  const folder = started.adopt(await mkdtemp(join(tmpdir(), 'streamsync-harness-')), (each) =>
    rm(each, { recursive: true, force: true, maxRetries: 5 }),
  );
  const line = started.adopt(await openLine(), (each) => each.close());
  const extension = join(folder, 'extension');
  await makeExtension(extension, line.port);
  const hello = line.next((word) => (word.on === 'hello' ? word : null));
  const context = started.adopt(
    await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: chromiumPath(),
      headless: false,
      viewport: { width: 900, height: 720 },
      args: [
        '--headless=new',
        '--no-sandbox',
        '--disable-background-networking',
        `--disable-extensions-except=${extension}`,
        `--load-extension=${extension}`,
        ...ALL_AWAKE,
        ...args,
      ],
    }),
    (each) => each.close(),
  );
  const { timeOriginMs } = await hello;
  const windows = new Windows(context, line);
  const running = started.move();
  return {
    open: async (url) => {
      const window = await windows.take();
      const { page, tabId } = window;
      const player = new PlayerPage(page, {
        timeOriginMs,
        tell: (message) => line.say({ do: 'tell', tabId, message }),
        hear: (listener) => line.hear((word) => 'tabId' in word && word.tabId === tabId && listener(word)),
        done: () => windows.giveBack(window),
      });
      await player.goto(url);
      return player;
    },
    close: () => running.disposeAsync(),
  };
}
