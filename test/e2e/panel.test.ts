import type { Browser, Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import { faceOf, joinCall, launchWithCamera, pathsOf, seeMoving, soundOf } from '../support/faces.ts';
import { openDrawer, overlayOf, pressShortcut } from '../support/overlay.ts';
import { PANEL_ARGS, sidePanelOf } from '../support/panel.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

/**
 * In place of the one of all other tests. Of Chromium's own the second is one for depth, which shows nothing, and the third gives
 * its pictures as JPEG, in some runs of nothing but their ground.
 */
const MORE_CAMERAS = ['--use-fake-device-for-media-stream=device-count=4,fps=10'];
const OTHER_CAMERA = 'fake_device_3';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;
let Ana: ChromiumMember;
let Ben: ChromiumMember;
/** The way to Ana's panel. */
let beside: Browser | undefined;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'] as const, (name, url) =>
    launchWithCamera(name, url, { args: name === 'Ana' ? [...PANEL_ARGS, ...MORE_CAMERAS] : [] }),
  );
  ({ Ana, Ben } = party.members);
  await party.join('Ana', 'Ben');
});
afterAll(async () => {
  await beside?.close();
  await party.close();
});

describe('the party beside the page', () => {
  let panel: Page;

  test('is opened from over the film, which has the chat no more then', async () => {
    const drawer = await openDrawer(Ana);
    await drawer.getByRole('button', { name: 'Open beside the page' }).click();
    ({ panel, browser: beside } = await sidePanelOf(Ana));
    await panel.getByRole('heading', { level: 1, name: party.room }).waitFor();
    await drawer.getByRole('button', { name: /^Open the party/ }).waitFor();
  });

  test('is spoken in, both ways, and what is said there is not counted over the film', async () => {
    const field = panel.getByRole('textbox', { name: /message/i });
    await field.fill('from beside the page');
    await field.press('Enter');
    await (await openDrawer(Ben)).getByRole('log').getByText('from beside the page').waitFor();
    await Ben.say('seen from afar');
    await panel.getByRole('log').getByText('seen from afar').waitFor();
    const overlay = await overlayOf(Ana.page);
    expect(await overlay.getByRole('button', { name: /^Open the party/ }).innerText()).toBe('Open the party');
  });

  test('stays through a reload of the tab, and offers to watch in another that comes to the front', async () => {
    await Ana.reload();
    await panel.getByRole('button', { name: 'Hide the party over the film' }).waitFor();
    const other = await Ana.context.newPage();
    await other.goto(`${party.site.origin}/film`);
    await other.bringToFront();
    await panel.getByRole('button', { name: 'Watch here instead' }).waitFor();
    await other.close();
    await panel.getByRole('button', { name: 'Hide the party over the film' }).waitFor();
  });

  test('holds the call while it is open, through a reload of the tab, and hands it to the overlay', async () => {
    await panel.getByRole('button', { name: 'Join with camera' }).click();
    await panel.getByRole('region', { name: 'Before you join' }).locator('video').waitFor();
    await panel.getByText('Devices and sound').click();
    await panel.getByRole('combobox', { name: 'Camera' }).selectOption({ label: OTHER_CAMERA });
    await expect.poll(() => ownCameraOf(panel.mainFrame())).toBe(OTHER_CAMERA);
    await panel.getByRole('button', { name: 'Join', exact: true }).click();
    await panel.getByRole('button', { name: 'Leave the call' }).waitFor();
    expect(await ownCameraOf(panel.mainFrame())).toBe(OTHER_CAMERA);
    const bens = await joinCall(Ben);
    await seeMoving(panel.mainFrame(), 1);
    await seeMoving(bens, 1);
    await Ana.reload();
    const anas = await openDrawer(Ana);
    await anas.getByText('The call is where you opened the party last').waitFor();
    await seeMoving(panel.mainFrame(), 1);
    await pressShortcut(Ana, 'microphone');
    await faceOf(bens, 'Ana').getByText('muted').waitFor({ state: 'attached' });
    await pressShortcut(Ana, 'microphone');
    await faceOf(bens, 'Ana').getByText('muted').waitFor({ state: 'detached' });
    await panel.evaluate(() => window.close());
    await anas.getByRole('button', { name: 'Leave the call' }).waitFor();
    await expect.poll(() => ownCameraOf(anas)).toBe(OTHER_CAMERA);
    await seeMoving(anas, 1);
    await seeMoving(bens, 1);
    // It was one call all the time: nobody has two connections.
    expect(await pathsOf(bens)).toHaveLength(1);
    expect((await soundOf(bens))[0]?.packets).toBeGreaterThan(0);
    await anas.getByRole('button', { name: 'Leave the call' }).click();
    await anas.getByRole('button', { name: 'Open beside the page' }).click();
    await beside?.close();
    ({ panel, browser: beside } = await sidePanelOf(Ana));
  });

  test('says that there is no party, looks into no tab for that, and starts one', async () => {
    await panel.getByRole('button', { name: 'Leave', exact: true }).click();
    await panel.getByText('You are in no party.').waitFor();
    await panel.getByText('The party will be in the tab in front, on 127.0.0.1.').waitFor();
    await panel.getByRole('button', { name: 'Start a party' }).click();
    await panel.getByRole('textbox', { name: /message/i }).waitFor();
    await overlayOf(Ana.page);
  });
});

/** The name of the camera whose picture a person sees of themselves. */
function ownCameraOf(frame: Frame): Promise<string | undefined> {
  return frame.evaluate(() => {
    const shown = document.querySelector<HTMLVideoElement>('.face video.mirrored')?.srcObject;
    return shown instanceof MediaStream ? shown.getVideoTracks()[0]?.label : undefined;
  });
}
