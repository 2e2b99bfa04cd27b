import type { FilmSample } from './film-probe.ts';

/** One person with a real browser, the built extension and a film, whichever the browser. */
export interface Member {
  name: string;
  /** Opens the popup, types a name and the invite, and presses Join. */
  join: (invite: string) => Promise<void>;
  /** The popup's whole text as a person reads it. */
  popupText: () => Promise<string>;
  say: (text: string) => Promise<void>;
  leave: () => Promise<void>;
  /** Goes to an address of the film's tab. */
  goto: (url: string) => Promise<void>;
  reload: () => Promise<void>;
  /** Presses a button of the page by its id. */
  press: (id: string) => Promise<void>;
  key: (key: string) => Promise<void>;
  /** Chooses one of the site's playback rates: 1, 1.5 or 2. */
  chooseSpeed: (rate: number) => Promise<void>;
  sample: () => Promise<FilmSample>;
  /** Runs a script of the page's own, with nobody's hand on it. */
  pageScript: (source: string) => Promise<void>;
  close: () => Promise<void>;
}
