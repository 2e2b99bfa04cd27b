import type { Frame } from 'playwright';
import { expect } from 'vitest';
import { sampleFilm, type FilmSample } from '../film-probe.ts';
import { openFilmFrame } from '../open-players.ts';
import type { Harness } from './harness.ts';
import { inStep } from './in-step.ts';
import type { PlayerPage } from './player-page.ts';

/** A page of the film site, with the product's player script in it, whose room has begun. */
export interface FilmPage {
  player: PlayerPage;
  /** Presses an element of the frame that has the film. */
  press: (selector: string) => Promise<void>;
  look: () => Promise<FilmSample>;
  /** The page was loaded anew. */
  reload: () => Promise<void>;
  /** Waits until the film is so near its room, ms. */
  settles: (withinMs: number) => Promise<number>;
}

/** Opens a page of the film site and has a test use it, which must wait for all that the person of that page tells. */
export async function onFilmPage(
  harness: Harness,
  url: string,
  use: (page: FilmPage) => Promise<void>,
): Promise<void> {
  const player = await harness.open(url);
  try {
    let frame = await arrive(player);
    const look = () => frame.evaluate(sampleFilm);
    const watched = { look, timeline: () => player.room.timeline, says: () => player.says };
    await player.begin();
    await use({
      player,
      look,
      press: (selector) => frame.locator(selector).click(),
      reload: async () => {
        await player.page.reload();
        frame = await arrive(player);
      },
      settles: (withinMs) => inStep(watched, withinMs),
    });
    expect(player.unexpected).toEqual([]);
  } finally {
    await player.close();
  }
}

/** A browser lets a page play with sound only after a person has touched it. */
async function arrive({ page }: PlayerPage): Promise<Frame> {
  await page.locator('h1').click();
  return openFilmFrame(page);
}
