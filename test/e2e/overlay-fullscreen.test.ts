import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { openDrawer, overlayFrames, typingIn } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana', ChromiumMember>;
let Ana: ChromiumMember;

beforeAll(async () => {
  party = await startParty(['Ana'] as const, (name, url) => launchChromium(name, url));
  ({ Ana } = party.members);
  await party.join('Ana');
});
afterAll(() => party.close());
afterEach(() => Ana.page.evaluate(() => document.exitFullscreen()).catch(() => undefined));

/** The frame that has the film. */
const filmFrame = () =>
  Ana.page.frames().find((frame) => frame.url().includes('bare')) ?? Ana.page.mainFrame();
const fullScreen = () => Ana.page.evaluate(() => document.fullscreenElement?.localName ?? null);

/** Reads and writes in the overlay by pointer and keys, then uses the film beside it. */
async function useOverlay(words: string, fencesOff = true): Promise<void> {
  const { page } = Ana;
  const [overlay] = overlayFrames(page);
  if (!overlay) throw new Error('no overlay');
  // By the pointer itself: what is inert cannot be pressed, whatever the DOM says.
  let at = 0;
  await page.mouse.move(300, 300);
  const hovered = async () => {
    at = 1 - at;
    const field = await overlay.getByRole('textbox', { name: /message/i }).boundingBox();
    await page.mouse.move((field?.x ?? 0) + 20 + at, (field?.y ?? 0) + 10);
    return overlay.evaluate(() => document.querySelector('#chat-text')?.matches(':hover'));
  };
  await expect.poll(hovered, { timeout: 3000 }).toBe(true);
  await page.mouse.down();
  await page.mouse.up();
  await typingIn(overlay);
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await overlay.getByRole('log').getByText(words, { exact: true }).waitFor();
  const paused = (await Ana.sample()).paused;
  await page.mouse.move(300, 300, { steps: 4 });
  // Where nothing else can be pressed while somebody writes, the first press says that they are done.
  if (fencesOff) await page.mouse.click(300, 300);
  // A frame of another process is found under the pointer only once the browser has drawn that it can be.
  const onFilm = async () => {
    at = 1 - at;
    await page.mouse.move(300 + at, 300);
    return filmFrame().evaluate(() => document.querySelector('video')?.matches(':hover'));
  };
  await expect.poll(onFilm, { timeout: 3000 }).toBe(true);
  await page.mouse.click(300, 300);
  await expect.poll(async () => (await Ana.sample()).paused).toBe(!paused);
  expect(overlayFrames(page)).toEqual([overlay]);
}

test('is used over a container that is full screen', async () => {
  await openDrawer(Ana);
  await Ana.page.evaluate(() => document.querySelector('#stage')?.requestFullscreen());
  await expect.poll(fullScreen).toBe('div');
  await useOverlay('over a container', false);
  expect(await fullScreen()).toBe('div');
});

test('is used over a <video> that is full screen itself', async () => {
  await openDrawer(Ana);
  await Ana.page.evaluate(() => document.querySelector('video')?.requestFullscreen());
  await expect.poll(fullScreen).toBe('video');
  await useOverlay('over the film itself');
  expect(await fullScreen()).toBe('video');
});

test('is used over a player in a frame of another origin that is full screen', async () => {
  await Ana.goto(`${party.site.origin}/film?embed=${party.site.otherOrigin}`);
  const player = Ana.page.frameLocator('#stage iframe');
  await player.locator('video').waitFor();
  await openDrawer(Ana);
  await player.locator('video').evaluate((video) => video.parentElement?.requestFullscreen());
  await expect.poll(fullScreen).toBe('iframe');
  await useOverlay('over a frame');
  expect(await fullScreen()).toBe('iframe');
});
