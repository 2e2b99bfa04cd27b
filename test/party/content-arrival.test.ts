import { expect, it } from 'vitest';
import { ContentArrival } from '../../src/party/content-arrival.ts';

const one = { contentId: 'one', durationSec: 100 };
const two = { contentId: 'two', durationSec: 200 };

/** A page that has shown the first video for a minute. */
function watchingOne() {
  const arrival = new ContentArrival<{ contentId: string; durationSec: number }>();
  arrival.loaded(0);
  expect(arrival.contentNow(one, 100)).toEqual(one);
  expect(arrival.contentNow(one, 50_000)).toEqual(one);
  return arrival;
}

it('No content is known while the player may still have the video before.', () => {
  const arrival = watchingOne();
  expect(arrival.contentNow(two, 60_000)).toBeNull();
  expect(arrival.isSettled).toBe(false);
  expect(arrival.contentNow(two, 60_400)).toBeNull();
  arrival.loaded(60_500);
  expect(arrival.contentNow(two, 60_500)).toEqual(two);
});

it('A site that loads its video just before it names it is believed at once.', () => {
  const arrival = watchingOne();
  arrival.loaded(59_500);
  expect(arrival.contentNow(two, 60_000)).toEqual(two);
  expect(arrival.isSettled).toBe(true);
});

it('A page whose player loads nothing is believed in the end.', () => {
  const arrival = watchingOne();
  expect(arrival.contentNow(two, 60_000)).toBeNull();
  expect(arrival.contentNow(two, 63_001)).toEqual(two);
  expect(arrival.isSettled).toBe(true);
});

it('A page that names nothing for a moment is taken to be at the same video.', () => {
  const arrival = watchingOne();
  expect(arrival.contentNow(null, 60_000)).toBeNull();
  expect(arrival.contentNow(one, 61_000)).toEqual(one);
});

it('The duration of the next video is not told of the one that the page still names.', () => {
  const arrival = watchingOne();
  arrival.loaded(60_000);
  expect(arrival.contentNow({ ...one, durationSec: 200 }, 60_100)).toEqual(one);
  expect(arrival.isSettled).toBe(false);
  expect(arrival.contentNow(two, 61_000)).toEqual(two);
});

it('The new duration of a reloaded video is told once the page has not renamed it.', () => {
  const arrival = watchingOne();
  const anew = { ...one, durationSec: 101 };
  arrival.loaded(60_000);
  expect(arrival.contentNow(anew, 60_100)).toEqual(one);
  expect(arrival.contentNow(anew, 61_600)).toEqual(anew);
});

it('The first content of a page is told at once.', () => {
  const arrival = new ContentArrival<{ contentId: string }>();
  arrival.loaded(1000);
  expect(arrival.contentNow(one, 1100)).toEqual(one);
});
