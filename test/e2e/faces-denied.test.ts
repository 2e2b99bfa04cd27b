import { expect, test } from 'vitest';
import { faceOf, joinCall, launchWithCamera, seeMoving, soundOf } from '../support/faces.ts';
import { overlayOf } from '../support/overlay.ts';
import { startParty } from '../support/test-party.ts';

test('a site that denies camera and microphone to its frames does not end the call', async () => {
  const party = await startParty(
    ['Ana', 'Ben'] as const,
    (name, url) => launchWithCamera(name, url),
    '/strict',
  );
  try {
    await party.join('Ana', 'Ben');
    for (const name of ['Ana', 'Ben'] as const) {
      const overlay = await joinCall(party.members[name]);
      expect(await overlay.evaluate(refused)).toBe('NotAllowedError');
    }
    for (const name of ['Ana', 'Ben'] as const) {
      const overlay = await overlayOf(party.members[name].page);
      await seeMoving(overlay, 1);
      const heard = async () => Math.max(...(await soundOf(overlay)).map(({ energy }) => energy));
      await expect.poll(heard, { timeout: 10_000 }).toBeGreaterThan(0.0005);
    }
    const ana = await overlayOf(party.members.Ana.page);
    await ana.getByRole('button', { name: 'Switch my camera off' }).click();
    const ben = await overlayOf(party.members.Ben.page);
    await faceOf(ben, 'Ana').getByText('camera off').waitFor({ state: 'attached' });
    await ana.getByRole('button', { name: 'Switch my camera off' }).click();
    await seeMoving(ben, 1);
  } finally {
    await party.close();
  }
});

/** That the site's policy holds here: this frame itself gets no camera. */
function refused(): Promise<string> {
  return navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(
    () => 'allowed',
    (error: unknown) => (error instanceof DOMException ? error.name : 'other'),
  );
}
