import type { CDPSession } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { openDrawer, overlayOf } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana', ChromiumMember>;
let ana: ChromiumMember;
let devtools: CDPSession;

beforeAll(async () => {
  party = await startParty(['Ana'] as const, (name, url) =>
    // The browser asks here, as it does for people; what they answer is set by `answer`.
    launchChromium(name, url, { args: ['--use-fake-device-for-media-stream=fps=10'] }),
  );
  ana = party.members.Ana;
  // Kept open: what it sets ends with it.
  devtools = await ana.context.newCDPSession(ana.page);
  await party.join('Ana');
});
afterAll(() => party.close());

/** What a person answers when the browser asks for camera and microphone of the extension. */
async function answer(
  setting: 'prompt' | 'denied' | 'granted',
  devices: readonly ('camera' | 'microphone')[] = ['camera', 'microphone'],
): Promise<void> {
  const own = ana.extensionUrl('/').slice(0, -1);
  // A person's answer is for the extension wherever it is; what is set here is for each place of its pages.
  for (const place of [{ origin: own }, { origin: party.site.origin, embeddedOrigin: own }]) {
    for (const name of devices) {
      await devtools.send('Browser.setPermission', { permission: { name }, setting, ...place });
    }
  }
}

test('camera and microphone are asked for once, in a page of the extension’s own, and the call goes on', async () => {
  const opened = ana.context.waitForEvent('page');
  const drawer = await openDrawer(ana);
  await drawer.getByRole('button', { name: 'Join with camera' }).click();
  const asking = await opened;
  expect(asking.url()).toBe(ana.extensionUrl('/call.html'));
  await drawer.getByText('Allow camera and microphone in the tab that opened').waitFor({ state: 'attached' });

  // Refused: one sentence, and the way to allow it later.
  await answer('denied');
  await asking.getByRole('button', { name: 'Allow camera and microphone' }).click();
  const refusal = asking.getByText('Your browser does not let StreamSync use camera and microphone.');
  await refusal.waitFor();
  expect(await refusal.innerText()).toContain('Click the camera sign in its address bar, allow them');

  // Allowed: the preview is there over the film, with nothing pressed again.
  await answer('prompt');
  await answer('granted');
  await asking.getByRole('button', { name: 'Allow camera and microphone' }).click();
  await asking.getByText('Done. The call goes on where you left it.').waitFor();
  const closed = asking.waitForEvent('close');
  // The page may be gone before the press has been told to be done.
  await asking
    .getByRole('button', { name: 'Back to the film' })
    .click()
    .catch(() => undefined);
  await closed;
  await ana.page.bringToFront();
  const overlay = await overlayOf(ana.page);
  await overlay.getByRole('region', { name: 'Before you join' }).locator('.face video').waitFor();
  await overlay.getByRole('button', { name: 'Join', exact: true }).click();
  await overlay.getByRole('button', { name: 'Leave the call' }).waitFor();
});

test('the next time nothing is asked', async () => {
  const overlay = await overlayOf(ana.page);
  await overlay.getByRole('button', { name: 'Leave the call' }).click();
  const before = ana.context.pages().length;
  await overlay.getByRole('button', { name: 'Join with camera' }).click();
  await overlay.getByRole('region', { name: 'Before you join' }).locator('.face video').waitFor();
  expect(ana.context.pages()).toHaveLength(before);
});

test('who keeps the camera to themselves is in the call with the microphone, with nothing pressed twice', async () => {
  const overlay = await overlayOf(ana.page);
  await overlay.getByRole('button', { name: 'Cancel' }).click();
  await answer('prompt', ['microphone']);
  await answer('denied', ['camera']);
  const opened = ana.context.waitForEvent('page');
  await overlay.getByRole('button', { name: 'Join with camera' }).click();
  const asking = await opened;
  await answer('granted', ['microphone']);
  await asking.getByRole('button', { name: 'Allow camera and microphone' }).click();
  await asking.getByText('Done. The call goes on where you left it.').waitFor();
  await asking.close();
  await ana.page.bringToFront();
  const preview = overlay.getByRole('region', { name: 'Before you join' });
  await overlay.getByText('does not let StreamSync use the camera').waitFor();
  await preview.getByRole('button', { name: 'Join', exact: true }).click();
  await overlay.getByRole('button', { name: 'Leave the call' }).waitFor();
  const pressed = (name: string) => overlay.getByRole('button', { name }).getAttribute('aria-pressed');
  expect(await pressed('Mute my microphone')).toBe('false');
  expect(await pressed('Switch my camera off')).toBe('true');
});
