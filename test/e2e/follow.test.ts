import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'], (name, url) => launchChromium(name, url), '/film?episode=1');
  await party.join('Ana', 'Ben');
  await party.members.Ana.press('toggle');
  await party.expectAll({ playing: true, withinMs: 60 });
});
afterAll(async () => {
  await (party as typeof party | undefined)?.close();
});

const episodeOf = (page: ChromiumMember['page']) => new URL(page.url()).searchParams.get('episode');
const episode = (number: number) => `${party.site.origin}/film?episode=${number}`;

test('where the host goes the party goes, and it begins there together', async () => {
  const { Ana: ana, Ben: ben } = party.members;
  await ana.goto(episode(2));
  await ben.page.waitForURL(episode(2));
  await ana.press('toggle');
  await party.expectAll({ playing: true, withinMs: 60, followMs: 5000 });
  expect(episodeOf(ben.page)).toBe('2');
});

test('who is not the host and goes elsewhere moves nobody, and may take the others along', async () => {
  const { Ana: ana, Ben: ben } = party.members;
  await party.quiet();
  const before = party.intents();
  await ben.goto(episode(3));
  const popup = await ben.openPopup();
  const offer = popup.getByRole('button', { name: 'Take everyone along' });
  await offer.waitFor();
  expect(episodeOf(ana.page)).toBe('2');
  expect(party.intents()).toBe(before);
  await offer.click();
  await popup.close();
  await ana.page.waitForURL(episode(3));
  await ben.page.bringToFront();
  await ben.press('toggle');
  await party.expectAll({ playing: true, withinMs: 60, followMs: 5000 });
});

test('who wants to stay is offered to come along, and lands at the moment', async () => {
  const { Ana: ana, Ben: ben } = party.members;
  const choice = await ben.openPopup();
  const goesAlong = choice.getByRole('checkbox', { name: /goes along/ });
  // The background answers what is chosen, so it is not seen at once.
  await goesAlong.click();
  await expect.poll(() => goesAlong.isChecked()).toBe(false);
  await choice.close();
  await ben.page.bringToFront();
  await ana.goto(episode(4));
  const popup = await ben.openPopup();
  const come = popup.getByRole('button', { name: 'Come along' });
  await come.waitFor();
  expect(episodeOf(ben.page)).toBe('3');
  await come.click();
  await ben.page.waitForURL(episode(4));
  await popup.close();
  await ana.page.bringToFront();
  await ana.press('toggle');
  await party.expectAll({ playing: true, withinMs: 60, followMs: 5000 });
});
