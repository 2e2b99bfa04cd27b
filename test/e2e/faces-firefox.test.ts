import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import { faceOf, joinCall, launchWithCamera, seeMoving, soundOf } from '../support/faces.ts';
import { overlayOf } from '../support/overlay.ts';
import {
  FAKE_DEVICES,
  frameOf,
  launchFirefoxMember,
  overlayIn,
  press,
  type FirefoxMember,
} from '../support/firefox.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Fox', ChromiumMember | FirefoxMember>;
let ana: ChromiumMember;
let fox: FirefoxMember;

beforeAll(async () => {
  party = await startParty(['Ana', 'Fox'] as const, async (name, url) => {
    if (name === 'Ana') return (ana = await launchWithCamera(name, url));
    return (fox = await launchFirefoxMember(name, url, FAKE_DEVICES));
  });
  await party.join('Ana', 'Fox');
});
afterAll(() => party.close());

test('a Firefox and a Chromium see, hear and mute each other', async () => {
  await joinCall(ana);
  const foxes = await foxOverlay();
  await press(foxes, 'Open the party');
  await press(foxes, 'Join with camera');
  await press(foxes, '^Join$');
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
  await press(foxes, '^Join$');
  await seeMoving(anas, 1);
});

test('a Firefox goes on to a page that denies camera and microphone to its frames, and stays in the call', async () => {
  await fox.goto(`${party.site.origin}/strict`);
  await seeMoving(await overlayOf(ana.page), 1);
  const foxes = await foxOverlay();
  await expect.poll(() => foxes.evaluate(pictureThere), { timeout: 15_000 }).toBeGreaterThan(0);
});

test('a Firefox calls from beside the page, and the overlay has the call when that is closed', async () => {
  const anas = await overlayOf(ana.page);
  await press(await foxOverlay(), 'Leave the call');
  await faceOf(anas, 'Fox').waitFor({ state: 'detached' });
  await fox.withPopup(async (page) => {
    // The sidebar itself cannot be looked into from outside; this is its page.
    await page.evaluate(() => location.assign('/sidepanel.html'));
    await page.waitForSelector('html[data-place="panel"] [role="log"]');
    const panel = page.mainFrame();
    await press(panel, 'Join with camera');
    // A sidebar cannot ask: a tab does, and the call goes on in the sidebar.
    const asking = await frameOf(fox.page.browser(), '/call.html');
    await press(asking, 'Allow camera and microphone');
    await press(asking, 'Back to the film');
    await page.bringToFront();
    await press(panel, '^Join$');
    await seeMoving(anas, 1);
    await expect.poll(() => panel.evaluate(pictureThere), { timeout: 15_000 }).toBeGreaterThan(0);
  });
  await expect
    .poll(async () => (await foxOverlay()).evaluate(pictureThere), { timeout: 15_000 })
    .toBeGreaterThan(0);
  await seeMoving(anas, 1);
});

const foxOverlay = () => overlayIn(fox.page);

/** A sum over the other's picture, read from its pixels; 0 while there is none. */
function pictureThere(): number {
  const video = document.querySelector<HTMLVideoElement>('.face video:not(.mirrored)');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!video || !context || video.videoWidth === 0) return 0;
  context.drawImage(video, 0, 0, 32, 20);
  return context.getImageData(0, 0, 32, 20).data.reduce((sum, value, at) => sum + value * ((at % 97) + 1), 0);
}
