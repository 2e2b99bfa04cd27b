import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type BrowserContext } from 'playwright';
import { CHROME_BUILD, chromiumPath } from './chromium.ts';

/**
 * A Chromium that no debugger is attached to, except while it is asked to do something: one keeps service workers awake
 * and costs the browser time for each thing it reports.
 */
export interface UnwatchedChromium {
  pid: number;
  attached: <T>(use: (context: BrowserContext) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

export interface UnwatchedOptions {
  /** Whether the built extension is in it. */
  extension: boolean;
  args?: readonly string[];
}

export async function startUnwatchedChromium({
  extension,
  args = [],
}: UnwatchedOptions): Promise<UnwatchedChromium> {
  const profile = await mkdtemp(join(tmpdir(), 'streamsync-'));
  const flags = [
    ...['--headless=new', '--no-sandbox', '--disable-background-networking', '--no-first-run'],
    ...(extension ? [`--disable-extensions-except=${CHROME_BUILD}`, `--load-extension=${CHROME_BUILD}`] : []),
    ...['--remote-debugging-port=0', `--user-data-dir=${profile}`],
    ...args,
  ];
  const browser = spawn(chromiumPath(), [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const close = async () => {
    if (browser.exitCode === null && browser.signalCode === null) {
      browser.kill();
      await once(browser, 'exit');
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const endpoint = await endpointOf(browser.stderr);
  if (endpoint === null || browser.pid === undefined) {
    await close();
    throw new Error('Chromium did not start');
  }
  return {
    pid: browser.pid,
    attached: async (use) => {
      const driver = await chromium.connectOverCDP(endpoint);
      try {
        const [context] = driver.contexts();
        if (!context) throw new Error('Chromium has no profile');
        return await use(context);
      } finally {
        await driver.close();
      }
    },
    close,
  };
}

async function endpointOf(said: NodeJS.ReadableStream): Promise<string | null> {
  const lines = createInterface({ input: said });
  for await (const line of lines) {
    const match = /DevTools listening on (ws:\S+)/.exec(line);
    if (match?.[1]) {
      // What it says later must be read, or it waits with saying it.
      said.resume();
      return match[1];
    }
  }
  return null;
}
