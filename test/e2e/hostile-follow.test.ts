import { afterAll, beforeAll, expect, test } from 'vitest';
import { BareClient } from '../server/support.ts';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana', ChromiumMember>;
/** Of whom nobody knows what program she uses. */
let vera: BareClient;

beforeAll(async () => {
  party = await startParty(['Ana'] as const, (name, url) => launchChromium(name, url), '/film?episode=1');
  await party.join('Ana');
  await party.members.Ana.press('toggle');
  await party.expectAll({ playing: true, withinMs: 60 });
  vera = await BareClient.open(`ws://127.0.0.1:${party.server.port}`);
  const client = { userId: 'vera', displayName: 'Vera' };
  await vera.ask('room/join', { roomId: party.room, client, caps: ['timeline', 'roles'] });
});
afterAll(async () => {
  (vera as typeof vera | undefined)?.socket.terminate();
  await (party as typeof party | undefined)?.close();
});

const episode = (number: number) => `${party.site.origin}/film?episode=${number}`;
const tells = (contentId: string, meta: Record<string, unknown>) =>
  vera.ask('watch/set_content', { roomId: party.room, contentId, meta });

// The word for a site that is the same at both, told first of the film that is on and then of the next.
test.each([
  ['another site', () => `${party.site.otherOrigin}/film`, 'localhost'],
  ['another page of the site', () => `${party.site.origin}/strict`, '127.0.0.1'],
])('a member takes nobody’s tab to %s, whatever she calls it', async (_, address, host) => {
  const { Ana } = party.members;
  await tells(episode(1), { site: 'youtube', url: address() });
  await tells('youtube:dQw4w9WgXcQ', { site: 'youtube', url: address() });
  const popup = await Ana.openPopup();
  await popup.getByRole('button', { name: `Come along to ${host}` }).waitFor();
  await popup.close();
  expect(Ana.page.url()).toBe(episode(1));
  await tells(episode(1), { url: episode(1) });
});

test('the next film of the site is followed as before', async () => {
  const { Ana } = party.members;
  await expect.poll(() => Ana.popupText()).not.toContain('something else');
  await tells(episode(2), { url: episode(2) });
  await Ana.page.waitForURL(episode(2));
});
