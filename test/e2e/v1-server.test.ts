import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';
import { startV1Server } from '../support/v1-server.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;
let v1: Awaited<ReturnType<typeof startV1Server>>;

beforeAll(async () => {
  v1 = await startV1Server();
  party = await startParty(['Ana', 'Ben'] as const, (name, url) => launchChromium(name, url));
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
  v1.close();
});

// One way is only known as half of a round trip here, and the first starts are not corrected by anything better.
const WITHIN_MS = 100;

describe('a server that knows only v1', () => {
  const invite = () => `http://127.0.0.1:${v1.port}/join/v1`;

  test('who comes later is told what is on by who acted last', async () => {
    const { Ana, Ben } = party.members;
    await Ana.join(invite());
    await Ana.press('toggle');
    await Ana.key('l');
    await party.expectAll({ playing: true, withinMs: WITHIN_MS, afterSec: 9 }, ['Ana']);
    await Ben.join(invite());
    await party.expectAll({ playing: true, withinMs: WITHIN_MS, afterSec: 9 });
  });

  test('play, pause and seek are followed both ways', async () => {
    const { Ana, Ben } = party.members;
    await Ben.press('toggle');
    await party.expectAll({ playing: false, withinMs: 25 });
    await Ana.press('toggle');
    await party.expectAll({ playing: true, withinMs: WITHIN_MS });
    await Ben.key('l');
    await party.expectAll({ playing: true, withinMs: WITHIN_MS, afterSec: 19 });
  });

  test('chat goes both ways, each line once', async () => {
    const { Ana, Ben } = party.members;
    await Ana.say('old but gold');
    await Ben.say('v1 forever');
    for (const member of [Ana, Ben]) {
      const text = await member.popupText();
      expect(text.split('old but gold')).toHaveLength(2);
      expect(text.split('v1 forever')).toHaveLength(2);
    }
  });
});
