import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import { joinCall, launchWithCamera, overlayOf, pathsOf, seeMoving } from '../support/faces.ts';
import { startParty, type TestParty } from '../support/test-party.ts';
import { startTurnServer, type TurnServer } from '../support/turn-server.ts';

let turn: TurnServer;
let party: TestParty<'Ana' | 'Ben', ChromiumMember>;

beforeAll(async () => {
  turn = await startTurnServer();
  party = await startParty(
    ['Ana', 'Ben'] as const,
    (name, url) => launchWithCamera(name, url, { relayOnly: true }),
    '/film',
    turn.env,
  );
  await party.join('Ana', 'Ben');
});
afterAll(async () => {
  await party.close();
  await turn.close();
});

test('[RTC-4] where no direct way exists, faces come through the operator’s TURN server', async () => {
  for (const name of ['Ana', 'Ben'] as const) await joinCall(party.members[name]);
  for (const name of ['Ana', 'Ben'] as const) {
    const overlay = await overlayOf(party.members[name].page);
    await seeMoving(overlay, 1);
    expect(await pathsOf(overlay)).toEqual([{ local: 'relay', remote: 'relay' }]);
  }
});
