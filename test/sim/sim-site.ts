import type { SimPlayer } from './sim-player.ts';
import type { World } from './world.ts';

/** One film, as its page names it. */
export interface SiteFilm {
  contentId: string;
  url: string;
  title: string;
  durationSec: number;
}

export interface SiteTraits {
  /** The film is told by the page's address; else only by what the page writes of its name. */
  byAddress: boolean;
  /** When it names the next film, counted from when its player is given it, ms: before or after. */
  namedAfterMs: number;
  /** How long its player is empty between two films, ms. */
  emptyMs: number;
  /** It puts another player into the page. */
  replacesPlayer: boolean;
  keepsRate: boolean;
  /** How long before its film's end it goes on by itself, s; `null` for a site that waits for its person. */
  goesOnAtSec: number | null;
  /** Something of its own before the next film, with a name of its own or none. */
  promo: { durationSec: number; named: boolean } | null;
  /** Before the next film, ms. */
  adMs: number;
  pageLoadMs: number;
}

const LOOK_EVERY_MS = 100;

/** One member's page of a site that goes from a film to the next by itself. */
export class SimSite {
  readonly traits: SiteTraits;
  content: SiteFilm | null;
  href: string;
  hasFilm = true;
  /** The `<video>` that is in the page, as one tells it from another. */
  element: unknown = {};
  /** Told when there is a player with a video in the page, or none any more. */
  onVideo: () => void = () => undefined;
  /** What really plays, whatever the page says. */
  plays: SiteFilm | null;
  readonly #world: World;
  readonly #player: SimPlayer;
  readonly #next: SiteFilm;
  #cancelLooking: () => void;
  #pages = 0;

  constructor(
    world: World,
    player: SimPlayer,
    { films: [first, next], traits }: { films: [SiteFilm, SiteFilm]; traits: SiteTraits },
  ) {
    this.#world = world;
    this.#player = player;
    this.#next = next;
    this.traits = traits;
    this.content = this.plays = first;
    this.href = traits.byAddress ? first.url : 'https://films.example/watch';
    const { goesOnAtSec } = traits;
    this.#cancelLooking = world.every(LOOK_EVERY_MS, () => {
      if (goesOnAtSec !== null && player.trueSec() >= first.durationSec - goesOnAtSec) this.#goOn();
    });
  }

  /** The tab was sent to the next film: its page is loaded anew. */
  open(loaded: () => void): void {
    this.#cancelLooking();
    this.#pages += 1;
    this.onVideo = () => undefined;
    this.hasFilm = false;
    this.#player.stop();
    this.plays = null;
    this.#world.after(this.traits.pageLoadMs, () => {
      this.#name(this.#next);
      this.#give(this.#next, this.traits.adMs);
      loaded();
    });
  }

  #goOn(): void {
    this.#cancelLooking();
    const { promo } = this.traits;
    if (!promo) {
      this.#goToNext();
      return;
    }
    const { durationSec, named } = promo;
    const film = {
      ...{ contentId: 'promo', url: 'https://films.example/promo', title: 'Soon' },
      durationSec,
    };
    this.#name(named ? film : null);
    this.#give(film, 0);
    this.#later(durationSec * 1000, () => this.#goToNext());
  }

  #goToNext(): void {
    const { namedAfterMs, adMs } = this.traits;
    this.#later(Math.max(0, namedAfterMs), () => this.#name(this.#next));
    this.#later(Math.max(0, -namedAfterMs), () => this.#give(this.#next, adMs));
  }

  #name(film: SiteFilm | null): void {
    this.content = film;
    if (this.traits.byAddress) this.href = film?.url ?? 'https://films.example/between';
  }

  #give(film: SiteFilm, adMs: number): void {
    const { emptyMs, keepsRate, replacesPlayer } = this.traits;
    if (replacesPlayer) {
      this.hasFilm = false;
      this.onVideo();
    } else this.#player.onSource('emptied');
    this.plays = null;
    this.#player.load({ durationSec: film.durationSec, afterMs: emptyMs, adMs, keepsRate }, () => {
      this.plays = film;
      if (this.hasFilm) this.#player.onSource('loadedmetadata');
      else {
        this.hasFilm = true;
        this.element = {};
        this.onVideo();
      }
    });
  }

  /** Unless the page has gone by then. */
  #later(delayMs: number, run: () => void): void {
    const page = this.#pages;
    this.#world.after(delayMs, () => page === this.#pages && run());
  }
}
