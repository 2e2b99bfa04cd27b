import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { chromiumPath } from '../support/chromium.ts';

export interface DevBrowser {
  /** Where DevTools can be attached; `null` if the browser has a window. */
  devToolsUrl: string | null;
  /** Resolves when the browser has ended. */
  ended: Promise<void>;
  close: () => Promise<void>;
}

/**
 * Opens `url` in a Chromium with the extension. No debugger is attached, since one keeps the service worker awake: here
 * it stops when idle, as it does for a user. The profile is kept, so that a name is typed once.
 */
export async function openBrowser(
  url: string,
  { build, profile, headless }: { build: string; profile: string; headless: boolean },
): Promise<DevBrowser> {
  await prepareProfile(profile);
  const flags = [
    ...(headless ? ['--headless=new', '--remote-debugging-port=0'] : ['--test-type']),
    ...['--no-sandbox', '--no-first-run', '--hide-crash-restore-bubble', '--disable-background-networking'],
    ...[`--disable-extensions-except=${build}`, `--load-extension=${build}`, `--user-data-dir=${profile}`],
  ];
  const browser = spawn(chromiumPath(), [...flags, url], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(browser, 'exit').then(() => undefined);
  const close = async () => {
    if (browser.exitCode === null && browser.signalCode === null) browser.kill();
    await ended;
  };
  if (headless) return { devToolsUrl: await devToolsUrl(browser.stderr), ended, close };
  browser.stderr.resume();
  return { devToolsUrl: null, ended, close };
}

/** Chromium disables an unpacked extension that reloads itself, unless the developer mode is on. */
async function prepareProfile(profile: string): Promise<void> {
  const preferences = `${profile}/Default/Preferences`;
  if (existsSync(preferences)) return;
  await mkdir(`${profile}/Default`, { recursive: true });
  await writeFile(preferences, JSON.stringify({ extensions: { ui: { developer_mode: true } } }));
}

async function devToolsUrl(output: NodeJS.ReadableStream): Promise<string | null> {
  const lines = createInterface({ input: output });
  return new Promise((resolve) => {
    // All lines are read, the later ones too: a full pipe would stop the browser.
    lines.on('line', (line) => {
      const match = /DevTools listening on ws:\/\/([^/]+)/.exec(line);
      if (match?.[1]) resolve(`http://${match[1]}/json`);
    });
    lines.on('close', () => resolve(null));
  });
}
