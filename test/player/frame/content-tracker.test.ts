import { expect, it, vi } from 'vitest';
import { ContentTracker, type SourceFacts } from '../../../src/player/frame/content-tracker.ts';
import type { PageIdentity } from '../../../src/sites/identify.ts';
import { VirtualTime } from '../../support/virtual-time.ts';

const ONE = 'https://films.example/one';
const TWO = 'https://films.example/two';
const shows = (url: string, durationSec: number): PageIdentity => ({
  kind: 'film',
  content: { contentId: url, url, durationSec },
});
const source = (facts: Partial<SourceFacts> = {}): SourceFacts => ({
  idFromUrl: false,
  atEnd: false,
  explainedBySeek: () => false,
  ...facts,
});

function tracked({ isTop = true } = {}) {
  const time = new VirtualTime();
  const page = { href: ONE };
  const identified = vi.fn();
  const tracker = new ContentTracker(
    {
      nowMs: () => time.nowMs,
      after: (delayMs, run) => time.setTimer(run, delayMs),
      href: () => page.href,
      isTop,
    },
    identified,
  );
  tracker.loaded();
  tracker.identify(shows(ONE, 100), true);
  time.pass(60_000);
  return { time, page, tracker, identified };
}

it('awaits the id of a new source for a second and a half, and then asks for it', () => {
  const { tracker, time, identified } = tracked();
  expect(tracker.sourceChanged(source())).toBe(true);
  expect(tracker.awaitsId).toBe(true);
  time.pass(1499);
  expect(identified).not.toHaveBeenCalled();
  time.pass(1);
  expect(identified).toHaveBeenCalledOnce();
  expect(tracker.awaitsId).toBe(false);
});

it('counts anew from each next source', () => {
  const { tracker, time, identified } = tracked();
  tracker.sourceChanged(source());
  time.pass(1000);
  tracker.sourceChanged(source());
  time.pass(1000);
  expect(identified).not.toHaveBeenCalled();
  time.pass(500);
  expect(identified).toHaveBeenCalledOnce();
});

it('believes an address that names the video, but not at the end of one', () => {
  const { tracker } = tracked();
  expect(tracker.sourceChanged(source({ idFromUrl: true }))).toBe(false);
  expect(tracker.awaitsId).toBe(false);
  expect(tracker.sourceChanged(source({ idFromUrl: true, atEnd: true }))).toBe(true);
});

it('takes the source of our own jump for the same video', () => {
  const { tracker } = tracked();
  expect(tracker.sourceChanged(source({ explainedBySeek: () => true }))).toBe(false);
  expect(tracker.awaitsId).toBe(false);
});

it('notices another address once', () => {
  const { tracker, page } = tracked();
  expect(tracker.addressChanged()).toBe(false);
  page.href = TWO;
  expect(tracker.addressChanged()).toBe(true);
  expect(tracker.addressChanged()).toBe(false);
});

it('takes no address of an embedded frame for the page’s', () => {
  const { tracker, page } = tracked({ isTop: false });
  page.href = TWO;
  expect(tracker.addressChanged()).toBe(false);
});

it('names no content while the player still has the video before', () => {
  const { tracker, time } = tracked();
  expect(tracker.identify(shows(TWO, 100), true).content).toBeNull();
  tracker.loaded();
  expect(tracker.identify(shows(TWO, 200), true)).toEqual(shows(TWO, 200));
  time.pass(10_000);
  expect(tracker.identify(shows(TWO, 200), true)).toEqual(shows(TWO, 200));
});

it('gives a page without a video the content that it names', () => {
  const { tracker } = tracked();
  expect(tracker.identify(shows(TWO, 100), false)).toEqual(shows(TWO, 100));
});
