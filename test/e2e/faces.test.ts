import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import {
  faceOf,
  joinCall,
  launchWithCamera,
  picturesAgain,
  seeAtRest,
  seeMoving,
  soundOf,
  tracksOf,
} from '../support/faces.ts';
import { overlayOf } from '../support/overlay.ts';
import { giveOwnProcessor } from '../support/own-processor.ts';
import { startParty, type TestParty } from '../support/test-party.ts';
import { voiceFile } from '../support/voice.ts';

/** Three browsers with codecs in software are on one machine here, where each would have its own. */
const SLOW_CAMERA = '--use-fake-device-for-media-stream=fps=5';
const NAMES = ['Ana', 'Ben', 'Cyd'] as const;
let party: TestParty<(typeof NAMES)[number], ChromiumMember>;
let voice: Awaited<ReturnType<typeof voiceFile>>;

beforeAll(async () => {
  // So long that the film is as loud as before in between, however the two others’ pauses lie to each other.
  voice = await voiceFile(2, 6);
  party = await startParty(NAMES, (name, url) =>
    launchWithCamera(name, url, {
      voicePath: voice.path,
      args: [SLOW_CAMERA],
    }),
  );
  await party.join(...NAMES);
  for (const name of NAMES) await joinCall(party.members[name]);
});
afterAll(async () => {
  await party.close();
  await voice.remove();
});

const overlay = (name: (typeof NAMES)[number]) => overlayOf(party.members[name].page);
const volume = () =>
  party.members.Ana.page.evaluate(() => document.querySelector<HTMLVideoElement>('#film')?.volume);

describe('three friends with cameras', () => {
  test('see each other move', async () => {
    for (const name of NAMES) await seeMoving(await overlay(name), 2);
  });

  test('hear each other, see who speaks, and the film makes way meanwhile', async () => {
    const ana = await overlay('Ana');
    // As sites do that begin the next film as loud as the last one was.
    await party.members.Ana.page.evaluate(() => {
      const film = document.querySelector<HTMLVideoElement>('#film');
      if (!film) return;
      const store = () => {
        localStorage.setItem('volumes', `${localStorage.getItem('volumes') ?? ''} ${film.volume}`);
      };
      film.addEventListener('volumechange', store);
      document.addEventListener('volumechange', store, { capture: true });
      film.volume = 0.7;
    });
    for (const name of ['Ben', 'Cyd']) {
      await faceOf(ana, name).and(ana.locator('.speaking')).waitFor({ timeout: 10_000 });
    }
    await expect.poll(volume, { timeout: 10_000 }).toBeLessThan(0.35);
    await expect
      .poll(() => ana.locator('.face.speaking:not(:last-child)').count(), { timeout: 10_000 })
      .toBe(0);
    await expect.poll(volume, { timeout: 5000 }).toBe(0.7);
    const stored = await party.members.Ana.page.evaluate(() => localStorage.getItem('volumes'));
    expect(new Set(stored?.trim().split(' '))).toEqual(new Set(['0.7']));
    for (const name of NAMES) {
      const frame = await overlay(name);
      const heard = async () =>
        (await soundOf(frame)).filter((voice) => voice.energy > 0.001 && voice.packets > 20);
      // Each speaks for two of eight seconds, and two who connected since have not heard each other yet.
      await expect.poll(heard, { timeout: 10_000 }).toHaveLength(2);
    }
  });

  test('a mute and a camera that is off are seen by all', async () => {
    const ben = await overlay('Ben');
    await ben.getByRole('button', { name: 'Mute my microphone' }).click();
    await ben.getByRole('button', { name: 'Switch my camera off' }).click();
    for (const name of ['Ana', 'Cyd'] as const) {
      const frame = await overlay(name);
      await faceOf(frame, 'Ben').getByText('muted, camera off').waitFor({ state: 'attached' });
      expect(await faceOf(frame, 'Ben').locator('video').count()).toBe(0);
    }
    await ben.getByRole('button', { name: 'Mute my microphone' }).click();
    await ben.getByRole('button', { name: 'Switch my camera off' }).click();
    for (const name of ['Ana', 'Cyd'] as const) await seeMoving(await overlay(name), 2);
  });

  test('one leaves, and comes back', async () => {
    const cyd = await overlay('Cyd');
    await cyd.getByRole('button', { name: 'Leave the call' }).click();
    for (const name of ['Ana', 'Ben'] as const) {
      await faceOf(await overlay(name), 'Cyd').waitFor({ state: 'detached' });
    }
    await cyd.getByText('In the call:').waitFor();
    await joinCall(party.members.Cyd);
    for (const name of NAMES) await seeMoving(await overlay(name), 2);
  });

  test('the next film of the site: faces are back within 2 s, on both sides, each as loud as it was set', async () => {
    const { page } = party.members.Ben;
    const ben = await overlay('Ben');
    await faceOf(ben, 'Ana').hover();
    await ben.getByRole('button', { name: 'Mute Ana for me' }).click();
    await ben.getByRole('slider', { name: 'How loud Cyd is' }).fill('30');
    const { Ana, Ben, Cyd } = party.members;
    giveOwnProcessor(Ben, [Ana, Cyd]);
    for (const name of NAMES) await seeAtRest(await overlay(name), 2);
    const friends = await Promise.all((['Ana', 'Cyd'] as const).map(overlay));
    const again = friends.map(async (friend) => picturesAgain(friend, 1, await tracksOf(friend)));
    const beganAtMs = Date.now();
    await page.goto(`${party.site.origin}/film?episode=2`);
    const loadedAtMs = Date.now();
    const back = await overlay('Ben');
    const ownMs = Math.round((await picturesAgain(back, 2)) - loadedAtMs);
    const othersMs = Math.round(Math.max(...(await Promise.all(again))) - loadedAtMs);
    const loadMs = loadedAtMs - beganAtMs;
    console.log(
      `faces back ${ownMs} ms after the page loaded (${loadMs} ms), at their friends ${othersMs} ms`,
    );
    // As issue 4 asks it; bench:faces has all the samples.
    expect(ownMs).toBeLessThan(2000);
    await seeMoving(back, 2);
    await seeMoving(await overlay('Ana'), 2);
    const muted = back.getByRole('button', { name: 'Mute Ana for me' });
    expect(await muted.getAttribute('aria-pressed')).toBe('true');
    expect(await back.getByRole('slider', { name: 'How loud Cyd is' }).inputValue()).toBe('30');
  });
});
