import { expect, it } from 'vitest';
import { ContentArrival } from '../../src/party/content-arrival.ts';

/** A page that has shown film 1 for a minute. */
function watchingOne(): ContentArrival {
  const arrival = new ContentArrival();
  arrival.loaded(0);
  expect(arrival.isStale('one', 100)).toBe(false);
  return arrival;
}

it('the film of the last page lingers until the player is given another', () => {
  const arrival = watchingOne();
  expect(arrival.isStale('two', 60_000)).toBe(true);
  expect(arrival.isStale('two', 60_400)).toBe(true);
  arrival.loaded(60_500);
  expect(arrival.isStale('two', 60_500)).toBe(false);
});

it('a site that gives its player the film just before the address is believed at once', () => {
  const arrival = watchingOne();
  arrival.loaded(59_500);
  expect(arrival.isStale('two', 60_000)).toBe(false);
});

it('a player that is given nothing shows what the page says, in the end', () => {
  const arrival = watchingOne();
  expect(arrival.isStale('two', 60_000)).toBe(true);
  expect(arrival.isStale('two', 63_001)).toBe(false);
});

it('a page that names nothing for a moment is still at the same film', () => {
  const arrival = watchingOne();
  expect(arrival.isStale(null, 60_000)).toBe(false);
  expect(arrival.isStale('one', 61_000)).toBe(false);
});
