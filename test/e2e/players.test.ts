import { afterEach, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

/** The same film, put into its page in every way that a site may. */
const PAGES = {
  'with the browser’s own controls': '/film?native',
  'that comes two seconds late': '/film?late=2000',
  'in an open shadow root': '/film?shadow',
  'in a frame of another origin': '/film?embed=OTHER',
  'beside a looping preview and a small clip': '/film?decoys',
} as const;

let party: TestParty<'Ana' | 'Ben', ChromiumMember> | undefined;
afterEach(() => party?.close());

describe('the film is found', () => {
  for (const [where, path] of Object.entries(PAGES)) {
    test(`${where}, and both are held together`, async () => {
      party = await startParty(
        ['Ana', 'Ben'] as const,
        (name, url) => {
          const { origin, port } = new URL(url);
          return launchChromium(
            name,
            url.replace('OTHER', origin.replace(`127.0.0.1:${port}`, `localhost:${port}`)),
          );
        },
        path,
      );
      await party.join('Ana', 'Ben');
      for (const [name, member] of Object.entries(party.members))
        await expect
          .poll(() => member.popupText(), { timeout: 6000 })
          .toMatch(new RegExp(`${name} \\(you\\)\\s+(Ready|In sync)`));
      await party.members.Ana.clickFilm();
      await party.expectAll({ playing: true, withinMs: 60 });
      await party.members.Ben.clickFilm();
      await party.expectAll({ playing: false, withinMs: 25 });
    });
  }

  test('again, after the site has replaced it', async () => {
    party = await startParty(['Ana', 'Ben'] as const, (name, url) => launchChromium(name, url));
    const { Ana, Ben } = party.members;
    await party.join('Ana', 'Ben');
    await Ana.press('toggle');
    await Ana.key('l');
    await party.expectAll({ playing: true, withinMs: 60, afterSec: 9 });
    await party.quiet();
    const before = party.intents();
    await Ben.press('replace');
    await party.expectAll({ playing: true, withinMs: 60, afterSec: 9, followMs: 4000 });
    expect(party.intents()).toBe(before);
  });
});
