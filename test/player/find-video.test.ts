// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseFilm, filmScore, findVideos } from '../../src/player/find-video.ts';

interface Shape {
  width?: number;
  height?: number;
  readyState?: number;
  duration?: number;
  loop?: boolean;
  muted?: boolean;
  paused?: boolean;
  shown?: boolean;
}

/** happy-dom lays nothing out and plays nothing, so what a browser would measure is given. */
function video(shape: Shape = {}): HTMLVideoElement {
  const { width = 1280, height = 720, readyState = 4, duration = 5400, shown = true, paused = false } = shape;
  const element = document.createElement('video');
  const facts = { readyState, duration, paused, loop: shape.loop ?? false, muted: shape.muted ?? false };
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(element, name, { value });
  Object.defineProperty(element, 'played', { value: { length: paused ? 0 : 1 } });
  element.getBoundingClientRect = () => new DOMRect(0, 0, width, height);
  element.checkVisibility = () => shown;
  document.body.append(element);
  return element;
}

// happy-dom lacks the constant (HTML, "HAVE_METADATA").
Object.defineProperty(HTMLMediaElement, 'HAVE_METADATA', { value: 1 });

const open = (element: Element) => element.shadowRoot;

beforeEach(() => {
  document.body.innerHTML = '';
});

describe('the film of a page', () => {
  it.each<[string, Shape]>([
    ['a preview that loops and is mute', { loop: true, muted: true }],
    ['a smaller one', { width: 640, height: 360 }],
    ['an ad of 15 seconds', { duration: 15 }],
    ['one that nobody has started', { paused: true }],
  ])('is rather the other than %s', (_, shape) => {
    const film = video();
    const other = video(shape);
    expect(filmScore(other)).toBeGreaterThan(0);
    expect(chooseFilm([other, film], null)?.video).toBe(film);
  });

  it.each<[string, Shape]>([
    ['a thumbnail', { width: 190, height: 107 }],
    ['one that is hidden', { shown: false }],
    ['one without data', { readyState: 0 }],
  ])('is never %s', (_, shape) => expect(filmScore(video(shape))).toBe(0));

  it('may be live, which is as good as long', () => {
    expect(filmScore(video({ duration: Infinity }))).toBe(filmScore(video()));
  });

  it('stays the one it was unless another is clearly better', () => {
    const current = video({ width: 1000, height: 600 });
    const larger = video({ width: 1100, height: 700 });
    const muchLarger = video({ width: 1900, height: 1000 });
    expect(chooseFilm([current, larger], current)?.video).toBe(current);
    expect(chooseFilm([current, larger], null)?.video).toBe(larger);
    expect(chooseFilm([current, muchLarger], current)?.video).toBe(muchLarger);
  });

  it('is none where there is none', () => expect(chooseFilm([video({ shown: false })], null)).toBeNull());

  it('is found in shadow roots within shadow roots', () => {
    const outer = document.createElement('div');
    const inner = document.createElement('div');
    document.body.append(outer);
    outer.attachShadow({ mode: 'open' }).append(inner);
    const film = video();
    inner.attachShadow({ mode: 'open' }).append(film);
    const plain = video();
    expect(new Set(findVideos(document, open))).toEqual(new Set([film, plain]));
    expect(findVideos(document, () => null)).toEqual([plain]);
  });
});
