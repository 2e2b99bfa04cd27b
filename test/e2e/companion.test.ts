import type { Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import { joinCall, launchWithCamera, seeMoving } from '../support/faces.ts';
import { openDrawer, overlayOf } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;
let Ana: ChromiumMember;
let Ben: ChromiumMember;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'] as const, (name, url) => launchWithCamera(name, url));
  ({ Ana, Ben } = party.members);
  await party.join('Ana', 'Ben');
});
afterAll(() => party.close());

describe('the party in a window of its own', () => {
  let companion: Page;
  let inside: Frame;

  test('is opened from over the film, which has the chat no more then', async () => {
    const drawer = await openDrawer(Ana);
    const opening = Ana.context.waitForEvent('page');
    await drawer.getByRole('button', { name: 'Open in a window of its own' }).click();
    companion = await opening;
    await drawer.getByRole('button', { name: /^Open the party/ }).waitFor();
    inside = await overlayOf(companion);
    await inside.getByRole('heading', { level: 1, name: party.room }).waitFor();
  });

  test('is spoken in, both ways', async () => {
    const field = inside.getByRole('textbox', { name: /message/i });
    await field.fill('from a window');
    await field.press('Enter');
    await (await openDrawer(Ben)).getByRole('log').getByText('from a window').waitFor();
    await Ben.say('seen from afar');
    await inside.getByRole('log').getByText('seen from afar').waitFor();
  });

  test('has the faces, which move there as they move over the film', async () => {
    await joinCall(Ben);
    await inside.getByRole('button', { name: 'Join with camera' }).click();
    await inside.getByRole('button', { name: 'Join', exact: true }).click();
    await seeMoving(inside, 1);
    await seeMoving(await overlayOf(Ben.page), 1);
  });

  test('gives party and call back to the film when it is closed', async () => {
    await companion.close();
    const overlay = await overlayOf(Ana.page);
    await overlay.getByRole('log').getByText('seen from afar').waitFor();
    await seeMoving(overlay, 1);
    await seeMoving(await overlayOf(Ben.page), 1);
  });
});
