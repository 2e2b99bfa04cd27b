import type { Frame } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import type { Tap } from '../support/tap.ts';
import { spreadMs, startParty, type Expected, type TestParty } from '../support/test-party.ts';
import { until } from '../support/until.ts';

/** Where a player has its own controls. */
interface Controls {
  play: string;
  seekBar: string;
  /** Where they are parts of a larger element: so far from its sides, and above its lower edge. */
  inset?: { play: Inset; seekBar: Inset };
}
interface Inset {
  sides: number;
  bottom: number;
}
const PLAYERS: Record<string, Controls> = {
  // The browser's own controls are no elements of the page.
  hls: {
    play: '#film',
    seekBar: '#film',
    inset: { play: { sides: 25, bottom: 48 }, seekBar: { sides: 16, bottom: 18 } },
  },
  shaka: { play: '.shaka-play-button', seekBar: '.shaka-seek-bar' },
  'shaka-clearkey': { play: '.shaka-play-button', seekBar: '.shaka-seek-bar' },
  dash: { play: '.cb-btn[title="Play/Pause"]', seekBar: '.cb-seekbar' },
  videojs: { play: '.vjs-big-play-button', seekBar: '.vjs-progress-holder' },
  plyr: { play: '.plyr__controls [data-plyr="play"]', seekBar: '[data-plyr="seek"]' },
};
const FILM_SEC = 120;
const WITHIN_MS = 20;
/** At other speeds the browser stretches the sound, by steps (docs/sync.md). */
const WITHIN_MS_STRETCHED = 60;
/** The picture of a paused film may be off by less than a frame, on either side. */
const WITHIN_MS_PAUSED = 40;
const SETTLE_WITHIN_MS = 8000;
/** They are together when so many looks in a row say so. */
const LOOKS = 8;

const NAMES = ['Ana', 'Ben'] as const;
let party: TestParty<(typeof NAMES)[number], ChromiumMember>;
let ana: ChromiumMember;
let ben: ChromiumMember;
/** They are in a party already. */
let met = false;

beforeAll(async () => {
  party = await startParty(NAMES, launchChromium);
  ({ Ana: ana, Ben: ben } = party.members);
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

describe.each(Object.entries(PLAYERS))('%s', (player, controls) => {
  test('in the page', async () => {
    await meetAt(`/players?player=${player}`);
    const before = party.intents();
    await clickPlay(ana, controls);
    await expectTogether({ playing: true });
    await click(ben, '#toggle');
    await expectTogether({ playing: false });
    // What is sought has not been loaded yet.
    await clickBar(ana, controls, 0.5);
    await expectTogether({ playing: false, afterSec: 0.48 * FILM_SEC });
    await click(ana, '#toggle');
    await expectTogether({ playing: true, afterSec: 0.48 * FILM_SEC });
    await click(ben, '#speed-150');
    await expectTogether({ playing: true, rate: 1.5 });
    await click(ana, '#speed-100');
    await expectTogether({ playing: true, rate: 1 });
    await clickBar(ben, controls, 0.75);
    await expectTogether({ playing: true, afterSec: 0.73 * FILM_SEC });
    await party.quiet();
    expect(party.intents() - before).toBe(7);
  });

  test('in a frame of another origin, and loaded anew', async () => {
    await meetAt(`/players?player=${player}&embed=${party.site.otherOrigin}`);
    const before = party.intents();
    await clickPlay(ana, controls);
    await expectTogether({ playing: true });
    await clickBar(ben, controls, 0.5);
    await expectTogether({ playing: true, afterSec: 0.48 * FILM_SEC });
    await party.quiet();
    await ben.reload();
    await filmOf(ben);
    await expectTogether({ playing: true, afterSec: 0.48 * FILM_SEC, followMs: 4000 });
    await click(ben, '#toggle');
    await expectTogether({ playing: false });
    expect(party.intents() - before).toBe(3);
  });
});

/** Both open a page, and meet in a party of its own. */
async function meetAt(path: string): Promise<void> {
  const room = `room-${Math.random().toString(36).slice(2)}`;
  await Promise.all(
    NAMES.map(async (name) => {
      const member = party.members[name];
      if (met) await member.leave();
      await member.goto(party.site.origin + path);
      await member.page.locator('h1').click();
      await filmOf(member);
    }),
  );
  for (const name of NAMES) {
    const tap = party.taps[name];
    const toldBefore = tap.sent.length;
    await party.members[name].join(tap.invite(room));
    await until(
      () => {
        const state = lastState(tap, toldBefore);
        return Promise.resolve(state === 'ready' ? null : `${name} is ${state ?? 'not there'}`);
      },
      { timeoutMs: 4000 },
    );
  }
  met = true;
}

/** What a member last told of itself. */
function lastState({ sent }: Tap, since: number): string | undefined {
  const told = sent.slice(since).flatMap(({ message }) => (message.type === 'member/state' ? message : []));
  return told.at(-1)?.payload.state;
}

/** The frame with the film, once the film's length is known. */
async function filmOf(member: ChromiumMember): Promise<Frame> {
  const isLoaded = () => (globalThis as { film?: HTMLVideoElement }).film?.readyState;
  await until(
    async () => {
      const readyState = await member.filmFrame().then(
        (frame) => frame.evaluate(isLoaded),
        () => 0,
      );
      return readyState ? null : `${member.name} has no film`;
    },
    { timeoutMs: 4000 },
  );
  return member.filmFrame();
}

async function click(member: ChromiumMember, selector: string): Promise<void> {
  await (await member.filmFrame()).locator(selector).click();
}

async function clickPlay(member: ChromiumMember, { play, inset }: Controls): Promise<void> {
  const frame = await member.filmFrame();
  const { height } = await boxOf(frame, play);
  const position = inset && { x: inset.play.sides, y: height - inset.play.bottom };
  await frame.locator(play).click({ ...(position && { position }) });
}

/** As a hand does: over the film first, which brings up controls that have hidden. */
async function clickBar(
  { page, filmFrame }: ChromiumMember,
  { seekBar, inset }: Controls,
  part: number,
): Promise<void> {
  const frame = await filmFrame();
  const film = await boxOf(frame, '#stage');
  for (const up of [0.5, 0.4]) await page.mouse.move(film.x + film.width / 2, film.y + film.height * up);
  const bar = await boxOf(frame, seekBar);
  const { sides, bottom } = inset?.seekBar ?? { sides: 0, bottom: bar.height / 2 };
  const x = sides + (bar.width - 2 * sides) * part;
  const y = bar.height - bottom;
  await frame.locator(seekBar).click({ position: { x, y } });
}

async function boxOf(frame: Frame, selector: string) {
  const box = await frame.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not to be seen`);
  return box;
}

/** Both are as expected, soon, then together, and stay so while they are watched. */
async function expectTogether(expected: Omit<Expected, 'withinMs'>): Promise<void> {
  await party.expectAll({ ...expected, withinMs: Infinity });
  const stretched = expected.rate !== undefined && expected.rate !== 1;
  const playingWithinMs = stretched ? WITHIN_MS_STRETCHED : WITHIN_MS;
  const withinMs = expected.playing ? playingWithinMs : WITHIN_MS_PAUSED;
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
