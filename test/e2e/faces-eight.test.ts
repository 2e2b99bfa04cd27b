import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import { startCrowd, type TestCrowd } from '../support/crowd.ts';
import { joinCall, launchWithCamera, seeMoving, sentOf } from '../support/faces.ts';
import { openDrawer, overlayOf } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

/** One and the ninth have a browser and the extension each; the others share one: four browsers in a call leave two slow cores no rest. */
const CROWD = ['Ben', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ida'];
let party: TestParty<'Ana' | 'Cyd', ChromiumMember>;
let crowd: TestCrowd;

beforeAll(async () => {
  party = await startParty(['Ana', 'Cyd'] as const, (name, url) => launchWithCamera(name, url));
  const { server, room, site } = party;
  crowd = await startCrowd(CROWD, { serverPort: server.port, room, origin: site.origin });
  await party.join('Ana', 'Cyd');
});
afterAll(async () => {
  await (crowd as TestCrowd | undefined)?.close();
  await party.close();
});

describe('eight in a call', () => {
  test('all see each other move, in pictures as small as they are shown', async () => {
    await seeMoving(await joinCall(party.members.Ana), 7, 40_000);
    // Each of the seven in one page receives from seven.
    await expect
      .poll(
        async () => (await sentOf(crowd.page.mainFrame())).filter(({ received }) => received > 5).length,
        {
          timeout: 30_000,
        },
      )
      .toBe(CROWD.length * 7);
    const sent = await sentOf(await overlayOf(party.members.Ana.page));
    expect(sent).toHaveLength(7);
    const heights = sent.map(({ heightPx }) => heightPx);
    const bps = sent.reduce((sum, { maxBps }) => sum + maxBps, 0);
    console.log(`Ana sends pictures of ${heights.join(', ')} px, at most ${bps / 1000} kbit/s in all`);
    expect(Math.max(...heights)).toBeLessThanOrEqual(180);
    expect(bps).toBeLessThanOrEqual(7 * 180_000);
  });

  test('[RTC-7] the ninth is told that the call is full, and the eight do not notice', async () => {
    const cyd = await openDrawer(party.members.Cyd);
    await cyd.getByText('The call is full. You can join when somebody leaves it.').waitFor();
    expect(await cyd.getByRole('button', { name: 'Join with camera' }).count()).toBe(0);
    await seeMoving(await overlayOf(party.members.Ana.page), 7);
  });

  test('when one leaves, the ninth can join, and all see each other', async () => {
    await crowd.leave('Ida');
    await joinCall(party.members.Cyd);
    for (const name of ['Ana', 'Cyd'] as const) {
      await seeMoving(await overlayOf(party.members[name].page), 7, 40_000);
    }
  });
});
