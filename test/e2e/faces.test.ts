import { afterAll, beforeAll, describe, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import { joinCall, launchWithCamera, overlayOf, seeMoving } from '../support/faces.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

const NAMES = ['Ana', 'Ben', 'Cyd'] as const;
let party: TestParty<(typeof NAMES)[number], ChromiumMember>;

beforeAll(async () => {
  party = await startParty(NAMES, (name, url) => launchWithCamera(name, url));
  await party.join(...NAMES);
});
afterAll(() => party.close());

describe('three friends with cameras', () => {
  test('see each other move', async () => {
    for (const name of NAMES) await joinCall(party.members[name]);
    for (const name of NAMES) await seeMoving(await overlayOf(party.members[name].page), 2);
  });
});
