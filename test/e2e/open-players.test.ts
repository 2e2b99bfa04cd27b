import type { Frame } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleFilm, type FilmSample } from '../support/film-probe.ts';
import { startFilmSite, type FilmSite } from '../support/film-site.ts';
import {
  handOnPlayer,
  OPEN_FILM_SEC,
  OPEN_PLAYERS,
  OPEN_WITHIN_MS,
  openFilmFrame,
  type PlayerControls,
} from '../support/open-players.ts';
import { startHarness, type Harness } from '../support/player-harness/harness.ts';
import { inStep } from '../support/player-harness/in-step.ts';
import type { PlayerPage } from '../support/player-harness/player-page.ts';
import { until } from '../support/until.ts';

/* Players that sites build on, each in a page and in a frame of another origin, driven by the player script without a party. */
const started = new AsyncDisposableStack();
let harness: Harness;
let site: FilmSite;
beforeAll(async () => {
  site = started.adopt(await startFilmSite(), (each) => each.close());
  harness = started.adopt(await startHarness(), (each) => each.close());
});
afterAll(() => started.disposeAsync());

interface Player {
  page: PlayerPage;
  /** The page was loaded anew. */
  reload: () => Promise<void>;
  look: () => Promise<FilmSample>;
  hand: ReturnType<typeof handOnPlayer>;
  /** Waits until the film is so near its room, ms. */
  settles: (withinMs: number) => Promise<number>;
}

/** A browser lets a page play with sound only after a person has touched it. */
async function arrive({ page }: PlayerPage): Promise<Frame> {
  await page.locator('h1').click();
  return openFilmFrame(page);
}

async function watching(
  path: string,
  controls: PlayerControls,
  use: (player: Player) => Promise<void>,
): Promise<void> {
  const page = await harness.open(site.origin + path);
  try {
    let frame = await arrive(page);
    const look = () => frame.evaluate(sampleFilm);
    const watched = { look, timeline: () => page.room.timeline, says: () => page.says };
    await page.begin();
    await use({
      page,
      look,
      reload: async () => {
        await page.page.reload();
        frame = await arrive(page);
      },
      hand: handOnPlayer(page.page, controls),
      settles: (withinMs) => inStep(watched, { withinMs }),
    });
    expect(page.unexpected).toEqual([]);
  } finally {
    await page.close();
  }
}

describe.concurrent.each(Object.entries(OPEN_PLAYERS))('%s', (name, controls: PlayerControls) => {
  test('a hand on its controls is told, and it is held to the room', () =>
    watching(`/players?player=${name}`, controls, async ({ page, hand, look, settles }) => {
      await hand.play();
      await page.tells('play');
      await settles(OPEN_WITHIN_MS.playing);
      page.friend({ playing: false });
      await settles(OPEN_WITHIN_MS.paused);
      // What is sought has not been loaded yet.
      await hand.jump(0.5);
      expect((await page.tells('seek')).positionSec / OPEN_FILM_SEC).toBeCloseTo(0.5, 1);
      await settles(OPEN_WITHIN_MS.paused);
      await hand.press('#toggle');
      await page.tells('play');
      await settles(OPEN_WITHIN_MS.playing);
      await hand.press('#speed-150');
      expect((await page.tells('rate')).rate).toBe(1.5);
      page.friend({ rate: 1 });
      await until(async () => (Math.abs((await look()).rate - 1) < 0.04 ? null : page.says), {
        timeoutMs: 3000,
      });
      await hand.jump(0.75);
      expect((await page.tells('seek')).positionSec / OPEN_FILM_SEC).toBeCloseTo(0.75, 1);
      await settles(OPEN_WITHIN_MS.playing);
      page.friend({ positionSec: 20 });
      await settles(OPEN_WITHIN_MS.playing);
    }));

  test('it is held in a frame of another origin, also after a reload', () =>
    watching(
      `/players?player=${name}&embed=${site.otherOrigin}`,
      controls,
      async ({ page, hand, reload, settles }) => {
        await hand.play();
        await page.tells('play');
        await settles(OPEN_WITHIN_MS.playing);
        page.friend({ positionSec: OPEN_FILM_SEC / 2 });
        await settles(OPEN_WITHIN_MS.playing);
        await reload();
        await settles(OPEN_WITHIN_MS.playing);
        await hand.press('#toggle');
        await page.tells('pause');
        await settles(OPEN_WITHIN_MS.paused);
      },
    ));
});
