import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import { faceOf, joinCall, launchWithCamera, overlayOf, seeMoving, soundOf } from '../support/faces.ts';
import { launchFirefoxMember, type FirefoxMember } from '../support/firefox.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

/** A camera and a microphone that Firefox makes up, which it gives without asking. */
const FAKE_CAMERA = { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true };

let party: TestParty<'Ana' | 'Fox', ChromiumMember | FirefoxMember>;
let ana: ChromiumMember;
let fox: FirefoxMember;

beforeAll(async () => {
  party = await startParty(['Ana', 'Fox'] as const, async (name, url) => {
    if (name === 'Ana') return (ana = await launchWithCamera(name, url));
    return (fox = await launchFirefoxMember(name, url, FAKE_CAMERA));
  });
  await party.join('Ana', 'Fox');
});
afterAll(() => party.close());

test('a Firefox and a Chromium see, hear and mute each other', async () => {
  await joinCall(ana);
  const foxes = await foxOverlay();
  await press(foxes, 'Open the party');
  await press(foxes, 'Join with camera');
  await press(foxes, 'Join');
  const anas = await overlayOf(ana.page);
  await seeMoving(anas, 1);
  const heard = async () => Math.max(0, ...(await soundOf(anas)).map(({ packets }) => packets));
  await expect.poll(heard, { timeout: 10_000 }).toBeGreaterThan(50);
  const pictures = new Set<number>();
  await expect
    .poll(async () => pictures.add(await foxes.evaluate(pictureThere)).size, { timeout: 15_000 })
    .toBeGreaterThan(3);
  await press(foxes, 'Mute my microphone');
  await faceOf(anas, 'Fox').getByText('muted').waitFor({ state: 'attached' });
});

test('a Firefox leaves the call, and comes back', async () => {
  const foxes = await foxOverlay();
  const anas = await overlayOf(ana.page);
  await press(foxes, 'Leave the call');
  await faceOf(anas, 'Fox').waitFor({ state: 'detached' });
  await press(foxes, 'Join with camera');
  await press(foxes, 'Join');
  await seeMoving(anas, 1);
});

test('a Firefox goes on to a page that denies camera and microphone to its frames, and stays in the call', async () => {
  await fox.goto(`${party.site.origin}/strict`);
  await seeMoving(await overlayOf(ana.page), 1);
  const foxes = await foxOverlay();
  await expect.poll(() => foxes.evaluate(pictureThere), { timeout: 15_000 }).toBeGreaterThan(0);
});

async function foxOverlay(): Promise<Frame> {
  let found: Frame | undefined;
  const look = async () => {
    for (const frame of fox.page.frames()) {
      // The protocol shows such a frame as about:blank; only the frame itself knows where it is.
      const href = await frame.evaluate(() => location.href).catch(() => '');
      if (href.endsWith('/overlay.html')) found = frame;
    }
    return found !== undefined;
  };
  await expect.poll(look, { timeout: 10_000 }).toBe(true);
  if (!found) throw new Error('no overlay');
  return found;
}

async function press(frame: Frame, name: string): Promise<void> {
  const pressed = () =>
    frame.evaluate((wanted) => {
      const buttons = [...document.querySelectorAll('button')];
      const button = buttons.find(({ textContent }) => textContent.trim().startsWith(wanted));
      button?.click();
      return button !== undefined;
    }, name);
  try {
    await expect.poll(pressed, { timeout: 10_000 }).toBe(true);
  } catch (error) {
    const shown = await frame.evaluate(() => document.body.innerText);
    throw new Error(`no ${name} in what Firefox showed:\n${shown}`, { cause: error });
  }
}

/** A sum over the other's picture, read from its pixels; 0 while there is none. */
function pictureThere(): number {
  const video = document.querySelector<HTMLVideoElement>('.face video:not(.mirrored)');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!video || !context || video.videoWidth === 0) return 0;
  context.drawImage(video, 0, 0, 32, 20);
  return context.getImageData(0, 0, 32, 20).data.reduce((sum, value, at) => sum + value * ((at % 97) + 1), 0);
}
