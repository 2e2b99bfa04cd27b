import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import type { ChromiumMember } from './chromium.ts';
import { until } from './until.ts';

/** To be launched with: Playwright sees a browser's side panels only when it comes to a browser that has them already. */
export const PANEL_ARGS = ['--remote-debugging-port=0'];

/** The real side panel of a member's window, once it is open. Closing the browser that it comes with closes no window. */
export async function sidePanelOf({ profile }: ChromiumMember): Promise<{ panel: Page; browser: Browser }> {
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  const address = `http://127.0.0.1:${port ?? ''}`;
  const missing = async () => {
    const targets = (await (await fetch(`${address}/json/list`)).json()) as { url: string }[];
    return targets.some(({ url }) => isPanel(url)) ? null : 'no side panel';
  };
  await until(missing, { timeoutMs: 5000 });
  const browser = await chromium.connectOverCDP(address);
  const panel = browser
    .contexts()
    .flatMap((context) => context.pages().filter((page) => isPanel(page.url())))[0];
  if (!panel) throw new Error('no side panel');
  panel.setDefaultTimeout(5000);
  return { panel, browser };
}

const isPanel = (url: string) => url.endsWith('/sidepanel.html');
