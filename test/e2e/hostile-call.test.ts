import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CAPS, type Peer } from '../../src/protocol/index.ts';
import { BareClient } from '../server/support.ts';
import type { ChromiumMember } from '../support/chromium.ts';
import { faceOf, joinCall, launchWithCamera } from '../support/faces.ts';
import { FAKE_DEVICES, launchFirefoxMember, overlayIn, press } from '../support/firefox.ts';
import { Outsider, startOutsiders } from '../support/outsider.ts';
import { overlayOf } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

/** As long as it took at the time when everybody was answered, and half as long again. */
const LONG_ENOUGH_MS = 6000;
const NOTHING = { state: 'new', answers: 0, candidates: 0, packets: 0, pictures: 0 };

let party: TestParty<'Ana', ChromiumMember>;
let outsiders: Awaited<ReturnType<typeof startOutsiders>>;
let host: BareClient;
let ana: Frame;
let anaId: string;
let vera: Outsider;
let eve: Outsider;

beforeAll(async () => {
  party = await startParty(['Ana'] as const, (name, url) => launchWithCamera(name, url));
  await party.members.Ana.context.addInitScript(keepTracks);
  await party.members.Ana.reload();
  outsiders = await startOutsiders(party.site.origin);
  host = await BareClient.open(`ws://127.0.0.1:${party.server.port}`);
  const client = { userId: 'host', displayName: 'Hosea' };
  await host.ask('room/join', { roomId: party.room, client, caps: [...CAPS] });
  await party.join('Ana');
  anaId = await idOf('Ana');
  const room = { port: party.server.port, room: party.room, to: anaId };
  vera = await Outsider.join(await outsiders.open(), { ...room, name: 'Vera' });
  eve = await Outsider.join(await outsiders.open(), { ...room, name: 'Eve', caps: [...CAPS] });
  await eve.client.ask('rtc/media', { roomId: party.room, inCall: false, microphone: false, camera: false });
  ana = await joinCall(party.members.Ana);
});
afterAll(async () => {
  (host as BareClient | undefined)?.socket.terminate();
  for (const one of [vera, eve] as (Outsider | undefined)[]) one?.client.socket.terminate();
  await (outsiders as typeof outsiders | undefined)?.close();
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

test('[RTC-9] who is in the party and not in the call gets nothing, and is asked about if it could be a friend', async () => {
  await Promise.all([vera.call(), eve.call()]);
  await ana.getByText('Vera’s other program wants to join the call.').waitFor();
  await delay(LONG_ENOUGH_MS);
  expect(await vera.got()).toEqual(NOTHING);
  expect(await eve.got()).toEqual(NOTHING);
  expect(await connectionsOf(ana)).toBe(0);
  expect(await ana.getByText('wants to join the call').count()).toBe(1);
  expect(await faces(ana)).toEqual(['You']);
});

test('[RTC-9] whom the person lets in has a face, and gets the picture', async () => {
  await ana.getByRole('button', { name: 'Let in' }).click();
  await faceOf(ana, 'Vera').waitFor();
  await expect.poll(async () => (await vera.got()).pictures, { timeout: 15_000 }).toBeGreaterThan(5);
  await faceOf(ana, 'Vera').getByText('receives your picture').first().waitFor();
  expect(await faces(ana)).toEqual(['Vera', 'You']);
  expect(await ana.getByRole('button', { name: 'Let in' }).count()).toBe(0);
  expect(await eve.got()).toEqual(NOTHING);
});

test('[RTC-10] whoever calls again and again gets a connection a second, and is seen and served in the end', async () => {
  const sdp = await vera.call();
  const before = await connectionsOf(ana);
  const beganAtMs = Date.now();
  // As many as the server lets pass, which is fewer than a browser has connections.
  for (let at = 0; at < 30; at += 1) {
    vera.say('webrtc/offer', sdp.replace(/^o=- \d+/m, `o=- ${10_000 + at}`));
    await delay(100);
  }
  const seconds = (Date.now() - beganAtMs) / 1000;
  const made = (await connectionsOf(ana)) - before;
  console.log(`30 offers in ${seconds.toFixed(1)} s made ${made} connections`);
  expect(made).toBeLessThanOrEqual(seconds + 2);
  await vera.call();
  await expect.poll(async () => (await vera.got()).pictures, { timeout: 20_000 }).toBeGreaterThan(5);
  expect(await faces(ana)).toEqual(['Vera', 'You']);
});

test('[MOD-3] who is removed from the party is out of the call: the camera is off, and no one captures', async () => {
  expect(await tracksOn(ana)).toBe(2);
  await host.ask('room/remove', { roomId: party.room, userId: anaId });
  await ana.getByText('The host removed you from this party.').waitFor();
  await expect.poll(() => tracksOn(ana), { timeout: 2000 }).toBe(0);
  await expect.poll(() => openConnectionsOf(ana), { timeout: 2000 }).toBe(0);
  expect(await ana.locator('.face').count()).toBe(0);
  expect(await ana.getByRole('button', { name: /camera/i }).count()).toBe(0);
  // Nor does anything of it come back.
  await delay(2000);
  expect(await tracksOn(await overlayOf(party.members.Ana.page))).toBe(0);
});

test('in Firefox it is the same', async () => {
  // To remove somebody locks the party.
  await host.ask('room/set_lock', { roomId: party.room, locked: false });
  const fox = await launchFirefoxMember('Fox', `${party.site.origin}/film`, FAKE_DEVICES);
  try {
    await fox.join(party.taps.Ana.invite(party.room));
    const userId = await idOf('Fox');
    const foxes = await overlayIn(fox.page);
    for (const name of ['Open the party', 'Join with camera', '^Join$']) await press(foxes, name);
    const room = { port: party.server.port, room: party.room, to: userId };
    const zoe = await Outsider.join(await outsiders.open(), { ...room, name: 'Zoe' });
    await zoe.call();
    const shown = () => foxes.evaluate(() => document.body.innerText);
    await expect.poll(shown).toContain('Zoe’s other program wants to join the call.');
    expect(await zoe.got()).toEqual(NOTHING);
    await press(foxes, '^Let in$');
    await expect.poll(async () => (await zoe.got()).pictures, { timeout: 15_000 }).toBeGreaterThan(5);
    await expect.poll(shown).toContain('receives your picture');
    await foxes.evaluate(keepOwnTracks);
    await host.ask('room/remove', { roomId: party.room, userId });
    await expect.poll(shown).toContain('The host removed you from this party.');
    await expect.poll(() => foxes.evaluate(ownTracks)).toEqual(['ended']);
    zoe.client.socket.terminate();
  } finally {
    await fox.close();
  }
});

/** What the host knows a member by that has joined since it was last asked. */
async function idOf(name: string): Promise<string> {
  for (;;) {
    const { peer } = (await host.until('room/peer_joined')).payload as { peer: Peer };
    if (peer.displayName === name) return peer.userId;
  }
}

const faces = (frame: Frame) => frame.locator('.face bdi').allTextContents();

/** Runs in the overlay: what of this person's camera is shown there. */
function keepOwnTracks(): void {
  const stream = document.querySelector<HTMLVideoElement>('.face video.mirrored')?.srcObject;
  (globalThis as Watched).captured = stream instanceof MediaStream ? stream.getTracks() : [];
}
function ownTracks(): string[] | undefined {
  return (globalThis as Watched).captured?.map(({ readyState }) => readyState);
}

type Watched = typeof globalThis & { connections?: RTCPeerConnection[]; captured?: MediaStreamTrack[] };

/** How many connections were ever made there. */
const connectionsOf = (frame: Frame) =>
  frame.evaluate(() => (globalThis as Watched).connections?.length ?? 0);

const openConnectionsOf = (frame: Frame) =>
  frame.evaluate(
    () =>
      (globalThis as Watched).connections?.filter(({ connectionState }) => connectionState !== 'closed')
        .length,
  );

/** How many devices are on there. */
const tracksOn = (frame: Frame) =>
  frame.evaluate(
    () => (globalThis as Watched).captured?.filter(({ readyState }) => readyState === 'live').length,
  );

/** Runs in every page before its scripts: what was captured there can be counted. */
function keepTracks(): void {
  const page = globalThis as Watched;
  const kept: MediaStreamTrack[] = (page.captured = []);
  const { mediaDevices } = page.navigator;
  // Only where a page is safe from being listened to.
  if (!(mediaDevices as MediaDevices | undefined)) return;
  const native = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await native(constraints);
    kept.push(...stream.getTracks());
    return stream;
  };
}
