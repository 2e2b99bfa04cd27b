import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { handOnPlayer, OPEN_FILM_SEC, OPEN_PLAYERS, OPEN_WITHIN_MS } from '../support/open-players.ts';
import { spreadMs, startParty, type Expected, type TestParty } from '../support/test-party.ts';
import { until } from '../support/until.ts';

const SETTLE_WITHIN_MS = 8000;
/** They are together when so many looks in a row say so. */
const LOOKS = 8;

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;
beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'] as const, launchChromium, '/players?player=hls');
  await party.join('Ana', 'Ben');
});
afterAll(() => (party as typeof party | undefined)?.close());

/** Both are as expected, soon, then together, and stay so while they are watched. */
async function expectTogether(expected: Omit<Expected, 'withinMs'>): Promise<void> {
  await party.expectAll({ ...expected, withinMs: Infinity });
  const { playing, stretched, paused } = OPEN_WITHIN_MS;
  const isStretched = expected.rate !== undefined && expected.rate !== 1;
  const withinMs = !expected.playing ? paused : isStretched ? stretched : playing;
  const looks: number[] = [];
  await until(
    async () => {
      looks.push(spreadMs(await party.samples()));
      const last = looks.slice(-LOOKS);
      const together = last.length === LOOKS && last.every((apartMs) => apartMs <= withinMs);
      return together ? null : `${last.map(Math.round).join(', ')} ms apart`;
    },
    { timeoutMs: SETTLE_WITHIN_MS },
  );
}

test('two people watch a stream in hls.js together, by its own controls', async () => {
  const { Ana, Ben } = party.members;
  const [ana, ben] = [handOnPlayer(Ana.page, OPEN_PLAYERS.hls), handOnPlayer(Ben.page, OPEN_PLAYERS.hls)];
  for (const name of ['Ana', 'Ben'] as const) {
    await expect
      .poll(() => party.members[name].popupText())
      .toMatch(new RegExp(`${name} \\(you\\)\\s+(Ready|In sync)`));
  }
  const before = party.intents();
  await ana.play();
  await expectTogether({ playing: true });
  await ben.press('#toggle');
  await expectTogether({ playing: false });
  // What is sought has not been loaded yet.
  await ana.jump(0.5);
  await expectTogether({ playing: false, afterSec: 0.48 * OPEN_FILM_SEC });
  await ana.press('#toggle');
  await expectTogether({ playing: true, afterSec: 0.48 * OPEN_FILM_SEC });
  await ben.press('#speed-150');
  await expectTogether({ playing: true, rate: 1.5 });
  await ana.press('#speed-100');
  await expectTogether({ playing: true, rate: 1 });
  await ben.jump(0.75);
  await expectTogether({ playing: true, afterSec: 0.73 * OPEN_FILM_SEC });
  await party.quiet();
  expect(party.intents() - before).toBe(7);
});
