import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';
import { until } from '../support/until.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;

/** A page with the film in a frame of another origin, as many small sites have their players. */
const episode = (number: number) =>
  `/film?embed=${encodeURIComponent(party.site.otherOrigin)}&episode=${number}`;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'], (name, url) => launchChromium(name, url));
  for (const { page } of Object.values(party.members)) await page.goto(party.site.origin + episode(1));
  await party.join('Ana', 'Ben');
  await party.members.Ana.clickFilm();
  // A film's very first start is its browser's to make, in its own time; how soon Ben follows counts from there.
  await until(async () => ((await party.samples(['Ana']))[0]?.paused === false ? null : 'not started'), {
    timeoutMs: 8000,
  });
  await party.expectAll({ playing: true, withinMs: 60 });
});
afterAll(async () => {
  await (party as typeof party | undefined)?.close();
});

// A site may ask its server first what the next film is: until then the last one stays in its frame, and plays.
test.each([
  { number: 2, afterMs: 0 },
  { number: 3, afterMs: 400 },
])(
  'goes on together where the page stays, and its frame is given the next film $afterMs ms later',
  async ({ number, afterMs }) => {
    const { Ana: ana, Ben: ben } = party.members;
    await ana.page.evaluate(
      ([address, wanted, waitMs]) => {
        history.pushState(null, '', address);
        document.querySelector('h1')?.append(' next');
        const frame = document.querySelector('iframe');
        const giveNext = () => {
          if (frame) frame.src += `&episode=${wanted}`;
        };
        if (waitMs > 0) setTimeout(giveNext, waitMs);
        else giveNext();
      },
      [episode(number), number, afterMs] as const,
    );
    await ben.page.waitForURL(party.site.origin + episode(number));
    await expect.poll(async () => (await ana.filmFrame()).url()).toContain(`episode=${number}`);
    await ana.clickFilm();
    await party.expectAll({ playing: true, withinMs: 60, followMs: 8000 });
  },
);

test('goes on together where the frame stays too, and its player is given the next film', async () => {
  const { Ana: ana, Ben: ben } = party.members;
  await party.expectAll({ playing: true, withinMs: 60, afterSec: 5, followMs: 8000 });
  const frame = await ana.filmFrame();
  await ana.page.evaluate((address) => {
    history.pushState(null, '', address);
    document.querySelector('h1')?.append(' next');
  }, episode(4));
  await frame.evaluate(() => {
    setTimeout(() => {
      const film = document.querySelector('video');
      if (film) film.src += '?episode=4';
    }, 400);
  });
  await ben.page.waitForURL(party.site.origin + episode(4));
  await ana.clickFilm();
  await party.expectAll({ playing: true, withinMs: 60, followMs: 8000 });
  for (const { positionSec } of await party.samples()) expect(positionSec).toBeLessThan(5);
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
