import { describe, expect, it } from 'vitest';
import { Ducking } from '../../src/player/ducking.ts';
import { quietVolume } from '../../src/player/quiet-volume.ts';

/** Sends its events when the test says so, as a browser does a moment after the change. */
class Film extends EventTarget {
  #volume = 0.8;
  #muted = false;
  due = 0;
  get volume() {
    return this.#volume;
  }
  set volume(volume) {
    if (volume !== this.#volume) this.due += 1;
    this.#volume = volume;
  }
  get muted() {
    return this.#muted;
  }
  set muted(muted) {
    if (muted !== this.#muted) this.due += 1;
    this.#muted = muted;
  }
  tell(trusted = true) {
    for (; this.due > 0; this.due -= 1) {
      const event = new Event('volumechange');
      Object.defineProperty(event, 'isTrusted', { value: trusted });
      this.dispatchEvent(event);
    }
  }
}

function page() {
  const film = new Film();
  let step: (() => void) | null = null;
  const every = (_: number, run: () => void) => {
    step = run;
    return () => (step = null);
  };
  const ducking: Ducking = new Ducking(
    quietVolume(film, {
      above: new EventTarget(),
      changed: () => ducking.end(),
      signal: new AbortController().signal,
    }),
    { every },
  );
  const stored: number[] = [];
  film.addEventListener('volumechange', () => stored.push(film.volume));
  const pass = (tell = true) => {
    for (let at = 0; at < 40 && step; at += 1) {
      step();
      if (tell) film.tell();
    }
  };
  return { film, ducking, stored, pass };
}

describe('a page that stores its volume', () => {
  it('hears nothing of the film being quieter, and being as loud as before', () => {
    const { film, ducking, stored, pass } = page();
    ducking.to(0.3);
    pass();
    expect(film.volume).toBeCloseTo(0.24, 6);
    ducking.to(1);
    pass();
    expect(film.volume).toBe(0.8);
    expect(stored).toEqual([]);
  });

  it('hears of the person’s own volume, then and afterwards', () => {
    const { film, ducking, stored, pass } = page();
    ducking.to(0.3);
    pass();
    film.volume = 0.6;
    film.tell();
    pass();
    expect(stored).toEqual([0.6]);
    expect(film.volume).toBe(0.6);
  });

  it('hears of a mute while friends speak, and reads the volume that the person had', () => {
    const { film, ducking, stored, pass } = page();
    ducking.to(0.3);
    pass();
    film.muted = true;
    film.tell();
    expect(stored[0]).toBe(0.8);
    expect(new Set(stored)).toEqual(new Set([0.8]));
  });

  it('hears of a mute that comes while our own changes are not told yet', () => {
    const { film, ducking, stored, pass } = page();
    ducking.to(0.3);
    pass(false);
    film.muted = true;
    film.tell();
    expect(stored.length).toBeGreaterThan(0);
    expect(new Set(stored)).toEqual(new Set([0.8]));
  });

  it('hears the events that it makes itself', () => {
    const { film, ducking, stored, pass } = page();
    ducking.to(0.3);
    pass();
    film.due = 1;
    film.tell(false);
    expect(stored).toHaveLength(1);
  });
});
