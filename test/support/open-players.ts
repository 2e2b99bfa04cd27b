import type { Frame, Page } from 'playwright';
import { until } from './until.ts';

/** Where a player has its own controls. */
export interface PlayerControls {
  play: string;
  seekBar: string;
  /** Where they are parts of a larger element: so far from its sides, and above its lower edge. */
  inset?: { play: Inset; seekBar: Inset };
}
interface Inset {
  sides: number;
  bottom: number;
}

/** The players of test/sites/players. */
export const OPEN_PLAYERS = {
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
} as const satisfies Record<string, PlayerControls>;
export const OPEN_FILM_SEC = 120;

/** How close a film is held in one of them, ms: at other speeds the browser stretches the sound, by steps (docs/sync.md). */
export const OPEN_WITHIN_MS = {
  playing: 20,
  stretched: 60,
  /** The picture of a paused film may be off by less than a frame, on either side. */
  paused: 40,
};

/** The frame of a page that has the film, once the film's length is known. */
export async function openFilmFrame(page: Page): Promise<Frame> {
  const isLoaded = () => ((globalThis as { film?: HTMLVideoElement }).film?.readyState ?? 0) > 0;
  let found: Frame | undefined;
  await until(
    async () => {
      for (const frame of page.frames()) {
        if (await frame.evaluate(isLoaded).catch(() => false)) found = frame;
      }
      return found ? null : 'no film';
    },
    { timeoutMs: 8000 },
  );
  if (!found) throw new Error('it was there');
  return found;
}

/** A person's hand on a player's own controls, in the frame that has its film. */
export function handOnPlayer(page: Page, { play, seekBar, inset }: PlayerControls) {
  return {
    play: async () => {
      const frame = await openFilmFrame(page);
      const { height } = await boxOf(frame, play);
      const position = inset && { x: inset.play.sides, y: height - inset.play.bottom };
      await frame.locator(play).click({ ...(position && { position }) });
    },
    /** As a hand does: over the film first, which brings up controls that have hidden. */
    jump: async (part: number) => {
      const frame = await openFilmFrame(page);
      const film = await boxOf(frame, '#stage');
      for (const up of [0.5, 0.4]) await page.mouse.move(film.x + film.width / 2, film.y + film.height * up);
      const bar = await boxOf(frame, seekBar);
      const { sides, bottom } = inset?.seekBar ?? { sides: 0, bottom: bar.height / 2 };
      const position = { x: sides + (bar.width - 2 * sides) * part, y: bar.height - bottom };
      await frame.locator(seekBar).click({ position });
    },
    /** One of the buttons that stand beside the player. */
    press: async (button: string) => (await openFilmFrame(page)).locator(button).click(),
  };
}

async function boxOf(frame: Frame, selector: string) {
  const box = await frame.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not to be seen`);
  return box;
}
