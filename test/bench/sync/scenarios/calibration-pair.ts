import { setTimeout as delay } from 'node:timers/promises';
import { startWatching } from '../measure.ts';
import type { BenchMember } from '../party.ts';
import { alignTracks, pairErrors } from '../rulers/pairs.ts';

/** Two that nobody controls. */
export const PAIR = ['Ana', 'Ben'];

/** How far the first is ahead of the second, by their media clocks. */
export async function watchPair(members: readonly BenchMember[], seconds: number) {
  const watching = startWatching(members);
  const fromMs = performance.now() + 500;
  await delay(500 + seconds * 1000);
  const toMs = performance.now();
  const { tracks } = await watching.stop();
  const [pair] = pairErrors(PAIR, alignTracks(tracks, { fromMs, toMs }));
  return pair?.errors ?? [];
}

export function pairOf(members: readonly BenchMember[]): [BenchMember, BenchMember] {
  const [first, second] = members;
  if (!first || !second) throw new Error('not a pair');
  return [first, second];
}

// The functions below run in pages: they are sent as text, so each is self-contained.

export function restAt(positionSec: number): void {
  const video = document.querySelector<HTMLVideoElement>('#film');
  if (!video) return;
  video.pause();
  video.currentTime = positionSec;
}

export function runAt(rate: number): void {
  const video = document.querySelector<HTMLVideoElement>('#film');
  if (!video) return;
  // The stretcher for kept pitch would take so small a difference for none.
  video.preservesPitch = false;
  video.playbackRate = rate;
  void video.play();
}
