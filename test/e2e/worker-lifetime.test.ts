import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinByPopup } from '../support/join-by-popup.ts';
import { startServerProcess, type ServerProcess } from '../support/server-process.ts';
import { startTap, type Tap } from '../support/tap.ts';
import { until } from '../support/until.ts';
import { startUnwatchedChromium, type UnwatchedChromium } from '../support/unwatched-chromium.ts';

/** Chromium stops a worker after 30 s without events; an attached debugger prevents that and would hide it. */
const WATCHED_MS = 75_000;
const CLOCK_BURST = 8;

let server: ServerProcess;
let tap: Tap;
let browser: UnwatchedChromium;

beforeAll(async () => {
  server = await startServerProcess();
  tap = await startTap(server.port);
  browser = await startUnwatchedChromium({ extension: true });
});
afterAll(async () => {
  await browser.close();
  tap.close();
  await server.kill();
});

test('an idle party keeps its worker and its connection, with no debugger attached', async () => {
  await browser.attached(joinIdleRoom);
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

async function joinIdleRoom(context: BrowserContext): Promise<void> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const popup = await context.newPage();
  await popup.goto(new URL('/popup.html', worker.url()).href);
  await joinByPopup(popup, 'Ana', tap.invite('idle-room'));
  // An open page of the extension would keep the worker busy.
  await popup.close();
}
