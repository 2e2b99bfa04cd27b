import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import {
  candidatesOf,
  faceOf,
  joinCall,
  launchFirewalled,
  pathsOf,
  seeMoving,
  soundOf,
} from '../support/faces.ts';
import { overlayOf } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';
import { startTurnPath, type TurnPath } from '../support/turn-path.ts';
import { startTurnServer, type TurnServer } from '../support/turn-server.ts';

const NAMES = ['Ana', 'Ben'] as const;
let turn: TurnServer;
let path: TurnPath;
let party: TestParty<(typeof NAMES)[number], ChromiumMember & { open: (port: number) => Promise<void> }>;

beforeAll(async () => {
  turn = await startTurnServer();
  path = await startTurnPath(turn.port);
  party = await startParty(
    NAMES,
    (name, url) => launchFirewalled(name, url, [path.port]),
    '/film',
    turn.env(path.port),
  );
  for (const name of NAMES) await party.members[name].open(party.taps[name].port);
  await party.join(...NAMES);
});
afterAll(async () => {
  await party.close();
  path.close();
  await turn.close();
});

const overlay = (name: (typeof NAMES)[number]) => overlayOf(party.members[name].page);
const troubleAt = async (name: (typeof NAMES)[number]) =>
  faceOf(await overlay(name), name === 'Ana' ? 'Ben' : 'Ana').locator('.face-trouble');

/** Until both see the other move and hear new packets, and nothing is said to be wrong. */
async function seeAndHear(): Promise<void> {
  for (const name of NAMES) await seeMoving(await overlay(name), 1, 20_000);
  for (const name of NAMES) {
    const packets = async () =>
      Math.max(0, ...(await soundOf(await overlay(name))).map((each) => each.packets));
    const before = await packets();
    await expect.poll(packets, { timeout: 5000 }).toBeGreaterThan(before + 20);
    await (await troubleAt(name)).waitFor({ state: 'detached' });
  }
}

/** Takes the way away until both are told so, and a little longer, and gives it back by `mend`: ms until all is well. */
async function lose(cut: () => void, mend: () => void): Promise<number> {
  cut();
  for (const name of NAMES) {
    await (await troubleAt(name)).getByText('reconnecting…').waitFor({ timeout: 15_000 });
  }
  await delay(LONGER_MS);
  mend();
  const mendedAtMs = performance.now();
  await seeAndHear();
  return Math.round(performance.now() - mendedAtMs);
}
/** Beyond the first attempts to mend, which fail. */
const LONGER_MS = 5000;

test('[RTC-4] where no packet goes directly, faces come through the operator’s TURN server', async () => {
  for (const name of NAMES) await joinCall(party.members[name]);
  await seeAndHear();
  for (const name of NAMES) {
    expect(await pathsOf(await overlay(name))).toEqual([{ local: 'relay', remote: 'relay' }]);
    // Direct ways are offered and tried; only this one leads anywhere.
    expect(await candidatesOf(await overlay(name))).toContain('relay tcp');
  }
  const before = path.passedBytes();
  await seeAndHear();
  expect(path.passedBytes() - before).toBeGreaterThan(20_000);
});

test('a way that is lost for some seconds: both are told, and see each other again without a click', async () => {
  console.log(`the same way is back: all is well after ${await lose(path.cut, path.mend)} ms`);
});

test('the whole network is lost, and another is there: the same', async () => {
  const { Ana } = party.taps;
  const cut = () => [path, Ana].forEach((each) => each.cut());
  const mend = () => {
    path.mendElsewhere();
    Ana.mend();
  };
  console.log(`another network is there: all is well after ${await lose(cut, mend)} ms`);
});
