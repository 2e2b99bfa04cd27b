import { describe, expect, it } from 'vitest';
import { Ducking } from '../../src/player/ducking.ts';

/** A film whose time is told step by step. */
function playing(volume: number) {
  const film = { volume };
  let run: (() => void) | null = null;
  const every = (_: number, each: () => void) => {
    run = each;
    return () => (run = null);
  };
  const ducking = new Ducking(film, { every });
  const pass = (steps = 100) => {
    const heard: number[] = [];
    for (let step = 0; step < steps && run; step++) {
      run();
      heard.push(film.volume);
    }
    return heard;
  };
  return { film, ducking, pass, running: () => run !== null };
}

describe('while friends speak', () => {
  it('the film falls to the part asked for, without a cut, and comes back to the very loudness', () => {
    const { film, ducking, pass, running } = playing(0.83);
    ducking.to(0.3);
    const fall = pass(10);
    expect(fall.at(-1)).toBeCloseTo(0.83 * 0.3, 6);
    for (const [at, volume] of fall.entries()) {
      expect((fall[at - 1] ?? 0.83) - volume).toBeLessThanOrEqual(0.83 * 0.2 + 1e-9);
    }
    ducking.to(1);
    pass();
    expect(film.volume).toBe(0.83);
    expect(running()).toBe(false);
  });

  it('a change of the person’s own stands, then and afterwards', () => {
    const { film, ducking, pass } = playing(1);
    ducking.to(0.3);
    pass(10);
    film.volume = 0.6;
    pass();
    expect(film.volume).toBe(0.6);
    ducking.to(1);
    pass();
    expect(film.volume).toBe(0.6);
    ducking.to(0.5);
    pass(10);
    expect(film.volume).toBeCloseTo(0.3, 6);
  });

  it('a film that is let go of has its loudness back at once', () => {
    const { film, ducking, pass, running } = playing(0.7);
    ducking.to(0);
    pass(10);
    expect(film.volume).toBe(0);
    ducking.end();
    expect(film.volume).toBe(0.7);
    expect(running()).toBe(false);
  });

  it('a person’s change just before it is let go of is not taken back', () => {
    const { film, ducking, pass } = playing(0.7);
    ducking.to(0.3);
    pass(10);
    film.volume = 0.5;
    ducking.end();
    expect(film.volume).toBe(0.5);
  });
});
