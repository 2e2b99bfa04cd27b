// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { htmlAdapter } from '../../src/player/html-adapter.ts';

// happy-dom leaves the numbers of the states out.
beforeEach(() => vi.stubGlobal('HTMLMediaElement', { HAVE_METADATA: 1, HAVE_FUTURE_DATA: 3 }));
afterEach(() => vi.unstubAllGlobals());

/** A `<video>` that has data, at a speed of 1. */
function playingVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  Object.defineProperty(video, 'readyState', { value: 4 });
  document.body.append(video);
  return video;
}

it('a player that holds its film by speed 0 waits for data, at the speed it had before', () => {
  const video = playingVideo();
  const adapter = htmlAdapter(video);
  video.playbackRate = 1.5;
  expect(adapter.read()).toMatchObject({ rate: 1.5, ready: true });
  video.playbackRate = 0;
  expect(adapter.read()).toMatchObject({ rate: 1.5, ready: false });
});

it('a player that holds its film by speed 0 is given no speed, neither in the party nor on leaving it', () => {
  const video = playingVideo();
  const adapter = htmlAdapter(video);
  adapter.setRate(1.02, 1);
  expect(video.playbackRate).toBe(1.02);
  video.playbackRate = 0;
  adapter.setRate(1.01, 1);
  expect(video.playbackRate).toBe(0);
  adapter.release();
  expect(video.playbackRate).toBe(0);
  video.playbackRate = 1.01;
  adapter.release();
  expect(video.playbackRate).toBe(1);
});
