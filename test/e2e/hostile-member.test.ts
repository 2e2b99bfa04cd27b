import type { Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAPS, LIMITS } from '../../src/protocol/index.ts';
import { BareClient } from '../server/support.ts';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { openDrawer } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

const NAME = "Anne-Marie O'Neill-Smith (x)";
const EVE = { userId: 'eve', displayName: NAME };
const PROBE_MS = 4000;
const FLOOD_EVERY_MS = 1000 / 88;

let party: TestParty<'Ana', ChromiumMember>;
let Ana: ChromiumMember;
let eve: BareClient;
let drawer: Frame;

beforeAll(async () => {
  party = await startParty(['Ana'] as const, (name, url) => launchChromium(name, url));
  ({ Ana } = party.members);
  await party.join('Ana');
  eve = await BareClient.open(`ws://127.0.0.1:${party.server.port}`);
  await eve.ask('room/join', { roomId: party.room, client: EVE, caps: [...CAPS] });
  drawer = await openDrawer(Ana);
});
afterAll(async () => {
  (eve as typeof eve | undefined)?.socket.terminate();
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

describe('a member with every sign in her name', () => {
  test('is heard and spoken to over the film, and in the popup, which one can leave', async () => {
    await eve.ask('chat/send', { roomId: party.room, text: 'hello from me' });
    await drawer.getByRole('log').getByText('hello from me').waitFor();
    const field = drawer.getByRole('textbox', { name: /message/i });
    await field.fill(`welcome @${NAME}!`);
    await field.press('Enter');
    await drawer.locator('.mention', { hasText: `@${NAME}` }).waitFor();
    const popup = await Ana.openPopup();
    await popup.getByRole('log').getByText('hello from me').waitFor();
    await popup.locator('.mention', { hasText: `@${NAME}` }).waitFor();
    expect(await popup.getByRole('button', { name: 'Leave', exact: true }).isVisible()).toBe(true);
    await popup.close();
    await Ana.page.bringToFront();
  });
});

describe('a member who does the worst that a server may let her', () => {
  test('holds up neither the overlay nor the film’s page', async () => {
    const { tell } = party.taps.Ana;
    const tsMs = Date.now();
    // Each names everybody it can, and has a moment and a link to find.
    const words = `@${NAME} 12:34 https://films.example/x-y `;
    const text = words.repeat(LIMITS.chatTextChars).slice(0, LIMITS.chatTextChars - 4);
    for (let at = 0; at < 150; at += 1) {
      const id = `line ${at}`;
      tell({ type: 'chat/message', payload: { roomId: party.room, from: EVE, id, text, tsMs: tsMs + at } });
    }
    const last = { roomId: party.room, from: EVE, id: 'last', text: 'the last of them', tsMs: tsMs + 150 };
    tell({ type: 'chat/message', payload: last });
    await lastLine(drawer, 'the last of them');

    const pages = [drawer, Ana.page];
    const [, calmFilm] = await Promise.all(pages.map((page) => timersOf(page, PROBE_MS)));
    const probes = Promise.all(pages.map((page) => timersOf(page, PROBE_MS)));
    const flood = repeat(FLOOD_EVERY_MS, (time) => {
      const media = { inCall: true, microphone: time % 2 === 0, camera: false };
      tell({ type: 'rtc/media', payload: { roomId: party.room, userId: EVE.userId, ...media } });
    });
    const [overlay, film] = await probes;
    // Who writes meanwhile sees it at once.
    await drawer.locator('#chat-text').fill('still here');
    await drawer.locator('#chat-text').press('Enter');
    await lastLine(drawer, 'still here');
    expect(flood.stop()).toBeGreaterThan((PROBE_MS / FLOOD_EVERY_MS) * 0.9);
    expect(overlay?.lateMs).toBeLessThanOrEqual(100);
    expect(film?.lateMs).toBeLessThanOrEqual((calmFilm?.lateMs ?? 0) + 20);
  });
});

/** Waits until that is what was said last; to search all that was said would hold up the page by itself. */
async function lastLine(overlay: Frame, text: string): Promise<void> {
  const isLast = (said: string) =>
    [...document.querySelectorAll('.message .bubble')].at(-1)?.textContent === said;
  await overlay.waitForFunction(isLast, text);
}

/** Runs something again and again, as often as asked for also where a timer was late; told how often when it is stopped. */
function repeat(everyMs: number, run: (time: number) => void): { stop: () => number } {
  const beganMs = performance.now();
  let times = 0;
  const timer = setInterval(() => {
    while (times * everyMs <= performance.now() - beganMs) run(times++);
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return times;
    },
  };
}

/** How late the timers of a page are, but for the latest of a hundred, and how many ran. */
function timersOf(page: Page | Frame, forMs: number): Promise<{ lateMs: number; ran: number }> {
  return page.evaluate(async (probeMs) => {
    const EVERY_MS = 10;
    const endMs = performance.now() + probeMs;
    const late: number[] = [];
    while (performance.now() < endMs) {
      const dueMs = performance.now() + EVERY_MS;
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      late.push(performance.now() - dueMs);
    }
    late.sort((a, b) => a - b);
    return { lateMs: Math.round(late[Math.floor(late.length * 0.99)] ?? 0), ran: late.length };
  }, forMs);
}
