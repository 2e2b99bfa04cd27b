// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import type { KnownBreak } from '../../../src/messaging/ad-breaks.ts';
import { rule as prime } from '../../../src/sites/prime/rule.ts';
import { stitchedTime } from '../../../src/player/site-adapter/stitched-time.ts';

let seenBefore: readonly KnownBreak[];
beforeEach(() => {
  seenBefore = [];
});

/** Prime Video's page, loaded in this tab, with a stream that stands at `elementSec`. */
function load(elementSec: number) {
  document.body.innerHTML = '<div class="atvwebplayersdk-timeindicator-text">\u00a0</div>';
  const video = document.createElement('video');
  video.currentTime = elementSec;
  const page = { inAd: false, nowMs: 0 };
  const edges = {
    document,
    shadowOf: () => null,
    nowMs: () => page.nowMs,
    inAd: () => page.inAd,
    seenAds: {
      read: () => seenBefore,
      write: (breaks: readonly KnownBreak[]) => {
        seenBefore = [...breaks];
      },
    },
  };
  const time = stitchedTime(video, prime, edges, new AbortController().signal);
  return {
    /** Plays on, what is shown moved at each quarter of a second that ends `lateSec` after a whole one. */
    play: (forSec: number, filmSec: (elementSec: number) => number, lateSec = 0.24) => {
      let said = time.read(false, undefined);
      for (const endSec = video.currentTime + forSec; video.currentTime < endSec;) {
        video.currentTime += 0.01;
        page.nowMs += 10;
        const quarter = Math.floor((filmSec(video.currentTime) - lateSec) * 4) / 4 + lateSec;
        const clock = document.querySelector('div');
        const text = `0:${String(Math.floor(quarter)).padStart(2, '0')} / 2:00`;
        if (clock && clock.textContent !== text && !page.inAd) clock.textContent = text;
        said = time.read(false, undefined);
      }
      return said;
    },
    page,
    time,
    video,
  };
}

describe('ads that were seen before a reload', () => {
  const seen = () => {
    const { play, page } = load(10);
    play(2, (sec) => sec);
    page.inAd = true;
    play(5, () => 12);
    page.inAd = false;
    play(2, (sec) => sec - 5);
  };

  it('are known exactly after it, where the clock of whole seconds is late', () => {
    seen();
    const { play, video } = load(20);
    const { positionSec, settled } = play(3, (sec) => sec - 5);
    expect(settled).toBe(true);
    expect(Math.abs(positionSec - (video.currentTime - 5))).toBeLessThan(0.02);
  });

  it('are not believed in before the page shows its clock', () => {
    seen();
    const { time } = load(20);
    expect(time.read(false, undefined).positionSec).toBe(20);
  });

  it('nor against it: the stream after a reload may have no ads, or others', () => {
    seen();
    const without = load(20);
    expect(without.play(3, (sec) => sec).positionSec).toBeCloseTo(without.video.currentTime, 1);
    const others = load(40);
    const { positionSec } = others.play(3, (sec) => sec - 12);
    expect(Math.abs(positionSec - (others.video.currentTime - 12))).toBeLessThan(0.26);
  });

  it('are forgotten with the stream', () => {
    seen();
    load(20).video.dispatchEvent(new Event('emptied'));
    expect(seenBefore).toEqual([]);
  });
});
