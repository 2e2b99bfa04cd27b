import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;

/** A page with the film in a frame of another origin, as many small sites have their players. */
const episode = (number: number) =>
  `/film?embed=${encodeURIComponent(party.site.otherOrigin)}&episode=${number}`;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'], (name, url) => launchChromium(name, url));
  for (const { page } of Object.values(party.members)) await page.goto(party.site.origin + episode(1));
  await party.join('Ana', 'Ben');
  await party.members.Ana.clickFilm();
  await party.expectAll({ playing: true, withinMs: 60 });
});
afterAll(async () => {
  await (party as typeof party | undefined)?.close();
});

test('goes on together where the page stays, and its frame is given the next film', async () => {
  const { Ana: ana, Ben: ben } = party.members;
  await ana.page.evaluate((address) => {
    const old = document.querySelector('iframe');
    const next = document.createElement('iframe');
    Object.assign(next, { src: `${old?.src}&episode=2`, allow: old?.allow, className: old?.className });
    next.style.cssText = old?.style.cssText ?? '';
    old?.replaceWith(next);
    history.pushState(null, '', address);
    document.querySelector('h1')?.append(' 2');
  }, episode(2));
  await ben.page.waitForURL(party.site.origin + episode(2));
  await expect.poll(async () => (await ana.filmFrame()).url()).toContain('episode=2');
  await ana.clickFilm();
  await party.expectAll({ playing: true, withinMs: 60, followMs: 8000 });
});

test('is left alone where only the frame is reloaded, and brought back to the moment', async () => {
  const { Ben: ben } = party.members;
  await party.quiet();
  const before = party.intents();
  const frame = await ben.filmFrame();
  await frame.evaluate(() => {
    Object.assign(globalThis, { isOld: true });
    location.reload();
  });
  await frame.waitForFunction(() => !('isOld' in globalThis) && 'film' in globalThis);
  await party.expectAll({ playing: true, withinMs: 60, followMs: 8000 });
  expect(party.intents()).toBe(before);
});
