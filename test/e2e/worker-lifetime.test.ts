import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROME_BUILD, chromiumPath } from '../support/chromium.ts';
import { startServerProcess, type ServerProcess } from '../support/server-process.ts';
import { startTap, type Tap } from '../support/tap.ts';
import { until } from '../support/until.ts';

/** Chromium stops a worker after 30 s without events; an attached debugger prevents that and would hide it. */
const WATCHED_MS = 75_000;
const CLOCK_BURST = 8;

let server: ServerProcess;
let tap: Tap;
let profile: string;
let browser: ChildProcess;

beforeAll(async () => {
  server = await startServerProcess();
  tap = await startTap(server.port);
  profile = await mkdtemp(join(tmpdir(), 'streamsync-'));
});
afterAll(async () => {
  browser.kill();
  await once(browser, 'exit');
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  tap.close();
  await server.kill();
});

test('an idle party keeps its worker and its connection, with no debugger attached', async () => {
  const endpoint = await startBrowser();
  await joinAndDetach(endpoint);
  // The clock is first asked eight times in a row; what counts here is what comes after.
  await until(() => Promise.resolve(count('clock/ping') >= CLOCK_BURST ? null : 'no clock yet'), {
    timeoutMs: 5000,
  });
  const joinsBefore = count('room/join');
  const pingsBefore = count('clock/ping');
  await delay(WATCHED_MS);
  expect(count('room/join')).toBe(joinsBefore);
  expect(count('clock/ping') - pingsBefore).toBeGreaterThanOrEqual(6);
});

function count(type: string): number {
  return tap.sent.filter(({ message }) => message.type === type).length;
}

async function startBrowser(): Promise<string> {
  const args = ['--headless=new', '--no-sandbox', '--disable-background-networking', '--no-first-run'];
  const extension = [`--disable-extensions-except=${CHROME_BUILD}`, `--load-extension=${CHROME_BUILD}`];
  const flags = [...args, ...extension, '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  browser = spawn(chromiumPath(), [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  if (!browser.stderr) throw new Error('no stderr');
  for await (const line of createInterface({ input: browser.stderr })) {
    const match = /DevTools listening on (ws:\S+)/.exec(line);
    if (match?.[1]) return match[1];
  }
  throw new Error('Chromium did not start');
}

async function joinAndDetach(endpoint: string): Promise<void> {
  const driver = await chromium.connectOverCDP(endpoint);
  const [context] = driver.contexts();
  if (!context) throw new Error('no profile');
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const popup = await context.newPage();
  await popup.goto(new URL('/popup.html', worker.url()).href);
  await popup.getByLabel('Your name').fill('Ana');
  await popup.getByLabel('Invite link or party name').fill(tap.invite('idle-room'));
  await popup.getByRole('button', { name: 'Join', exact: true }).click();
  await until(() => Promise.resolve(count('room/join') > 0 ? null : 'not joined'), { timeoutMs: 5000 });
  // An open page of the extension would keep the worker busy.
  await popup.close();
  await driver.close();
}
