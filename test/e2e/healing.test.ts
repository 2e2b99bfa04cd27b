import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'] as const, (name, url) => launchChromium(name, url));
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

/** The lines of the chat as a person reads them, without times and names. */
async function chatOf(member: ChromiumMember): Promise<string[]> {
  const popup = await member.openPopup();
  const log = popup.getByRole('log');
  await log.waitFor();
  const lines = await log.innerText();
  await popup.close();
  await member.page.bringToFront();
  return lines.split('\n').filter((line) => line.startsWith('line '));
}

function joins(name: 'Ana' | 'Ben'): number {
  return party.taps[name].sent.filter(({ message }) => message.type === 'room/join').length;
}

/**
 * The first act of the other one arrives within the 3 s that healing may take, the next as ever; nothing of the chat was
 * lost or doubled.
 */
async function expectHealed(lines: string[]): Promise<void> {
  const { Ana, Ben } = party.members;
  const before = party.intents();
  await Ben.press('toggle');
  await party.expectAll({ playing: false, withinMs: 25, followMs: 3000 });
  await Ana.press('toggle');
  await party.expectAll({ playing: true, withinMs: 60 });
  expect(party.intents() - before).toBe(2);
  for (const member of [Ana, Ben]) await expect.poll(() => chatOf(member), { timeout: 5000 }).toEqual(lines);
}

describe('killed and healed, without a click', () => {
  const lines: string[] = [];
  const say = async (name: 'Ana' | 'Ben', text: string) => {
    lines.push(text);
    await party.members[name].say(text);
  };

  test('a party is on', async () => {
    await party.join('Ana', 'Ben');
    await party.members.Ana.press('toggle');
    await party.expectAll({ playing: true, withinMs: 60 });
  });

  test('the browser stops the service worker', async () => {
    await say('Ana', 'line 1');
    await say('Ben', 'line 2');
    const joinsBefore = joins('Ana');
    await party.members.Ana.stopWorker();
    await say('Ben', 'line 3');
    await expectHealed(lines);
    expect(joins('Ana')).toBe(joinsBefore + 1);
  });

  test('the tab is reloaded', async () => {
    await party.members.Ana.reload();
    await party.expectAll({ playing: true, withinMs: 60, followMs: 3000 });
    await expectHealed(lines);
  });

  test('the connection is cut for ten seconds', async () => {
    party.taps.Ana.cut();
    await say('Ben', 'line 4');
    await say('Ana', 'line 5');
    await delay(10_000);
    party.taps.Ana.mend();
    await expectHealed(lines);
  });

  test('the server is killed and comes back with nothing remembered', async () => {
    const { positionSec } = await party.members.Ana.sample();
    await party.server.kill();
    await say('Ana', 'line 6');
    await delay(3000);
    await party.server.restart();
    await party.expectAll({ playing: true, withinMs: 60, afterSec: positionSec + 2, followMs: 3000 });
    await expectHealed(lines);
  });
});
