import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFilmSite, type FilmSite } from '../support/film-site.ts';
import {
  handOnPlayer,
  OPEN_FILM_SEC,
  OPEN_PLAYERS,
  OPEN_WITHIN_MS,
  type PlayerControls,
} from '../support/open-players.ts';
import { onFilmPage } from '../support/player-harness/film-page.ts';
import { startHarness, type Harness } from '../support/player-harness/harness.ts';
import { until } from '../support/until.ts';

/*
 * The film of a page, whichever player shows it and however it is put in: driven by the player script in one browser, without
 * a party.
 */
const started = new AsyncDisposableStack();
let harness: Harness;
let site: FilmSite;
beforeAll(async () => {
  site = started.adopt(await startFilmSite(), (each) => each.close());
  harness = started.adopt(await startHarness(), (each) => each.close());
});
afterAll(() => started.disposeAsync());

describe.concurrent.each(Object.entries(OPEN_PLAYERS))('%s', (name, controls: PlayerControls) => {
  test('a hand on its controls is told, and it is held to the room', () =>
    onFilmPage(harness, `${site.origin}/players?player=${name}`, async ({ player, press, look, settles }) => {
      const hand = handOnPlayer(player.page, controls);
      await hand.play();
      await player.tells('play');
      await settles(OPEN_WITHIN_MS.playing);
      player.friend({ playing: false });
      await settles(OPEN_WITHIN_MS.paused);
      // What is sought has not been loaded yet.
      await hand.jump(0.5);
      expect((await player.tells('seek')).positionSec / OPEN_FILM_SEC).toBeCloseTo(0.5, 1);
      await settles(OPEN_WITHIN_MS.paused);
      await press('#toggle');
      await player.tells('play');
      await settles(OPEN_WITHIN_MS.playing);
      await press('#speed-150');
      expect((await player.tells('rate')).rate).toBe(1.5);
      player.friend({ rate: 1 });
      await until(async () => (Math.abs((await look()).rate - 1) < 0.04 ? null : player.says), {
        timeoutMs: 3000,
      });
      await hand.jump(0.75);
      expect((await player.tells('seek')).positionSec / OPEN_FILM_SEC).toBeCloseTo(0.75, 1);
      await settles(OPEN_WITHIN_MS.playing);
      player.friend({ positionSec: 20 });
      await settles(OPEN_WITHIN_MS.playing);
    }));

  test('it is held in a frame of another origin, also after a reload', () =>
    onFilmPage(
      harness,
      `${site.origin}/players?player=${name}&embed=${site.otherOrigin}`,
      async ({ player, press, reload, settles }) => {
        await handOnPlayer(player.page, controls).play();
        await player.tells('play');
        await settles(OPEN_WITHIN_MS.playing);
        player.friend({ positionSec: OPEN_FILM_SEC / 2 });
        await settles(OPEN_WITHIN_MS.playing);
        await reload();
        await settles(OPEN_WITHIN_MS.playing);
        await press('#toggle');
        await player.tells('pause');
        await settles(OPEN_WITHIN_MS.paused);
      },
    ));
});

/** The same film, put into its page in every way that a site may. */
const PAGES = {
  'with the browser’s own controls': '/film?native',
  'that comes two seconds late': '/film?late=2000',
  'in an open shadow root': '/film?shadow',
  'in a frame of another origin': '/film?embed=OTHER',
  'beside a looping preview and a small clip': '/film?decoys',
};

describe.concurrent('the film is found', () => {
  test.each(Object.entries(PAGES))('%s', (_, path) =>
    onFilmPage(
      harness,
      site.origin + path.replace('OTHER', site.otherOrigin),
      async ({ player, press, settles }) => {
        await press('#film');
        await player.tells('play');
        await settles(OPEN_WITHIN_MS.playing);
        await press('#film');
        await player.tells('pause');
        await settles(OPEN_WITHIN_MS.paused);
        player.friend({ playing: true, positionSec: 30 });
        await settles(OPEN_WITHIN_MS.playing);
      },
    ),
  );

  test('again, after the site has replaced it', () =>
    onFilmPage(harness, `${site.origin}/film`, async ({ player, press, look, settles }) => {
      player.friend({ playing: true, positionSec: 30 });
      await settles(OPEN_WITHIN_MS.playing);
      await press('#replace');
      await settles(OPEN_WITHIN_MS.playing);
      expect((await look()).positionSec).toBeGreaterThan(30);
    }));
});
