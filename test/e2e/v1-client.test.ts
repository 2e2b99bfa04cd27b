import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BareClient } from '../server/support.ts';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

/** The wall clock of the other person's machine is five minutes slow. */
const CLOCK_OFF_MS = -300_000;

let party: TestParty<'Ana', ChromiumMember>;
let vera: BareClient;

beforeAll(async () => {
  party = await startParty(['Ana'] as const, (name, url) => launchChromium(name, url));
});
afterAll(async () => {
  vera.socket.terminate();
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

describe('a person whose client knows only v1, in one party with the extension', () => {
  const { now } = Date;
  const state = (playing: boolean, positionSec: number) => ({
    roomId: party.room,
    state: { playing, positionSec, hostTsMs: now() + CLOCK_OFF_MS },
  });

  test('is followed at the right moment, although her clock is off by minutes', async () => {
    await party.join('Ana');
    // Her film is what is on, and where it stands is told: until then the room has nothing that could be played.
    const told = () => party.taps.Ana.sent.map(({ message }) => message.type);
    await expect.poll(told, { timeout: 10_000 }).toContain('watch/playback_state');
    vera = await BareClient.open(`ws://127.0.0.1:${party.server.port}`);
    await vera.ask('room/join', { roomId: party.room, client: { userId: 'vera', displayName: 'Vera' } });
    await vera.ask('watch/playback_state', state(true, 50));
    const startedAtMs = now();
    await party.expectAll({ playing: true, withinMs: 0, afterSec: 50 });
    // Steady after a few seconds; then the film must stand where Vera's own player would.
    await expect
      .poll(
        async () => {
          const { positionSec, atMs } = await party.members.Ana.sample();
          return Math.abs(positionSec - 50 - (atMs - startedAtMs) / 1000);
        },
        { timeout: 8000 },
      )
      .toBeLessThan(0.06);
  });

  test('hears of the other’s acts, and can tell the position from the hello’s clock alone', async () => {
    await party.members.Ana.press('toggle');
    const paused = await vera.until('watch/playback_state');
    expect(paused.payload).toMatchObject({ state: { playing: false } });
    await party.members.Ana.press('toggle');
    const playing = await vera.until('watch/playback_state');
    const { positionSec, hostTsMs } = playing.payload.state as { positionSec: number; hostTsMs: number };
    // The server runs on this machine, so its clock is this one.
    const { positionSec: shown, atMs } = await party.members.Ana.sample();
    expect(Math.abs(positionSec + (atMs - hostTsMs) / 1000 - shown)).toBeLessThan(0.15);
  });

  test('chats', async () => {
    const told = await vera.ask('chat/send', { roomId: party.room, text: 'greetings from v1' });
    expect(told.map(({ type }) => type)).toEqual(['chat/message', 'ack']);
    expect(await party.members.Ana.popupText()).toContain('greetings from v1');
    await party.members.Ana.say('welcome');
    expect((await vera.until('chat/message')).payload).toMatchObject({ text: 'welcome' });
  });
});
