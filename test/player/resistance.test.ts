import { expect, it } from 'vitest';
import { Resistance } from '../../src/player/resistance.ts';

const defy = (what: 'playing' | 'rate', ...atMs: number[]) => {
  const resistance = new Resistance();
  for (const ms of atMs) resistance.defied(what, ms);
  return resistance;
};

it('a site that undoes us three times in ten seconds has its way for ten', () => {
  const resistance = defy('playing', 0, 4000, 9000);
  expect(resistance.yields('playing', 9000)).toBe(true);
  expect(resistance.yields('playing', 18_999)).toBe(true);
  expect(resistance.yields('playing', 19_000)).toBe(false);
});

it('twice, or three times over a longer while, is an accident', () => {
  expect(defy('playing', 0, 1).yields('playing', 1)).toBe(false);
  expect(defy('playing', 0, 5000, 10_001).yields('playing', 10_001)).toBe(false);
});

it('a fight over the rate is no fight over playing', () => {
  const resistance = defy('rate', 0, 1, 2);
  expect(resistance.yields('rate', 2)).toBe(true);
  expect(resistance.yields('playing', 2)).toBe(false);
});

it('counts anew after giving way', () => {
  const resistance = defy('playing', 0, 1, 2, 3, 4);
  expect(resistance.yields('playing', 10_002)).toBe(false);
});

it('gives the site another chance when the person acts', () => {
  const resistance = defy('playing', 0, 1, 2);
  resistance.forgive();
  expect(resistance.yields('playing', 3)).toBe(false);
});
