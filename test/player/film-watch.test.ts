// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchFilm, type Film } from '../../src/player/film-watch.ts';

// happy-dom lacks the constants (HTML, "HTMLMediaElement").
const CONSTANTS = {
  ...{ HAVE_NOTHING: 0, HAVE_METADATA: 1 },
  ...{ NETWORK_EMPTY: 0, NETWORK_IDLE: 1, NETWORK_LOADING: 2 },
};
for (const [name, value] of Object.entries(CONSTANTS))
  Object.defineProperty(HTMLMediaElement, name, { value });

/** A `<video>` of the page whose loading is played by the test: happy-dom loads no media. */
class Loading {
  readonly video = document.createElement('video');
  readyState: number = HTMLMediaElement.HAVE_METADATA;
  networkState: number = HTMLMediaElement.NETWORK_IDLE;

  constructor() {
    for (const name of ['readyState', 'networkState'] as const)
      Object.defineProperty(this.video, name, { get: () => this[name] });
    document.body.append(this.video);
  }

  empty(networkState: number): void {
    this.readyState = HTMLMediaElement.HAVE_NOTHING;
    this.networkState = networkState;
    this.video.dispatchEvent(new Event('emptied'));
  }
}

let stop: AbortController;
let film: Loading;
let preview: Loading;
let told: (HTMLVideoElement | null)[];

beforeEach(() => {
  vi.useFakeTimers();
  film = new Loading();
  preview = new Loading();
  told = [];
  stop = new AbortController();
  const scoring = () => (video: HTMLVideoElement) =>
    video.readyState < HTMLMediaElement.HAVE_METADATA ? 0 : video === film.video ? 2 : 1;
  const tell = (found: Film | null) => told.push(found?.video ?? null);
  watchFilm(document, { shadowOf: () => null, scoring, nowMs: () => Date.now(), tell }, stop.signal);
});
afterEach(() => {
  stop.abort();
  document.body.replaceChildren();
  vi.useRealTimers();
});

it('a film that is given another source stays the film meanwhile, whatever else the page has', () => {
  vi.advanceTimersByTime(5000);
  film.empty(HTMLMediaElement.NETWORK_LOADING);
  vi.advanceTimersByTime(1500);
  film.readyState = HTMLMediaElement.HAVE_METADATA;
  film.video.dispatchEvent(new Event('loadedmetadata'));
  vi.advanceTimersByTime(5000);
  expect(told).toEqual([film.video]);
});

it('one that does not come, is emptied or is taken away makes room for another', () => {
  vi.advanceTimersByTime(5000);
  film.empty(HTMLMediaElement.NETWORK_LOADING);
  vi.advanceTimersByTime(5000);
  expect(told).toEqual([film.video, preview.video]);
  film.readyState = HTMLMediaElement.HAVE_METADATA;
  vi.advanceTimersByTime(2000);
  film.empty(HTMLMediaElement.NETWORK_EMPTY);
  vi.advanceTimersByTime(200);
  expect(told.slice(2)).toEqual([film.video, preview.video]);
});
