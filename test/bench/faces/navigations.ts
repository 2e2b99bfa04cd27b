import { setTimeout as delay } from 'node:timers/promises';
import { joinCall, launchWithCamera, picturesAgain, seeMoving, tracksOf } from '../../support/faces.ts';
import { overlayOf } from '../../support/overlay.ts';
import { giveOwnProcessor } from '../../support/own-processor.ts';
import { startParty } from '../../support/test-party.ts';
import { voiceFile } from '../../support/voice.ts';

const NAMES = ['Ana', 'Ben', 'Cyd'] as const;
/** The fewest pictures that Chromium's camera gives: codecs are in software, and three browsers on one machine. */
const SLOW_CAMERA = '--use-fake-device-for-media-stream=fps=5';
/** Between two films: the call is as it was before. */
const REST_MS = 3000;

/** One way of Ben's to the next film of the site, in ms from when its page had loaded. */
export interface Navigation {
  /** `alone`: without a party; `slow`: what the server says to him comes later, which must be found. */
  kind: 'alone' | 'call' | 'slow';
  /** From when the page was asked for until it had loaded. */
  loadMs: number;
  /** Until both friends' faces are there again; `null` without a party. */
  facesMs: number | null;
  /** Until his face is there again at both friends. */
  atFriendsMs: number | null;
}

export interface Plan {
  rounds: number;
  slowByMs: number;
}

/** Three friends in a call, of whom one goes to the next film again and again. */
export async function navigateAll(
  { rounds, slowByMs }: Plan,
  done: (navigation: Navigation) => void,
): Promise<void> {
  await using started = new AsyncDisposableStack();
  const voice = started.adopt(await voiceFile(2, 4), (each) => each.remove());
  const party = started.adopt(
    await startParty(NAMES, (name, url) =>
      launchWithCamera(name, url, {
        voicePath: voice.path,
        args: [SLOW_CAMERA],
      }),
    ),
    (each) => each.close(),
  );
  const { page } = party.members.Ben;
  let episode = 1;
  const goOn = async () => {
    const beganAtMs = Date.now();
    await page.goto(`${party.site.origin}/film?episode=${++episode}`, { timeout: 30_000 });
    const loadedAtMs = Date.now();
    return { loadedAtMs, loadMs: loadedAtMs - beganAtMs };
  };
  for (let round = 0; round < rounds; round++) {
    await delay(REST_MS / 3);
    done({ kind: 'alone', loadMs: (await goOn()).loadMs, facesMs: null, atFriendsMs: null });
  }
  const { Ana, Ben, Cyd } = party.members;
  giveOwnProcessor(Ben, [Ana, Cyd]);
  await party.join(...NAMES);
  for (const name of NAMES) await joinCall(party.members[name]);
  for (const name of NAMES) await seeMoving(await overlayOf(party.members[name].page), 2);

  const kinds = Array.from({ length: rounds }, () => ['call', 'slow'] as const).flat();
  for (const kind of kinds) {
    party.taps.Ben.slowBy(kind === 'slow' ? slowByMs : 0);
    await delay(REST_MS);
    const friends = await Promise.all(
      (['Ana', 'Cyd'] as const).map((name) => overlayOf(party.members[name].page)),
    );
    const again = friends.map(async (friend) => picturesAgain(friend, 1, await tracksOf(friend)));
    const { loadedAtMs, loadMs } = await goOn();
    const facesMs = (await picturesAgain(await overlayOf(page), 2)) - loadedAtMs;
    const atFriendsMs = Math.max(...(await Promise.all(again))) - loadedAtMs;
    done({ kind, loadMs, facesMs: Math.round(facesMs), atFriendsMs: Math.round(atFriendsMs) });
  }
}
