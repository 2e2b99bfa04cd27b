import type { BenchMember } from '../party.ts';
import { inOwnWorld } from './skew.ts';

/**
 * Makes a member's film run too fast by so much whatever rate the extension writes, as a sound card with another crystal
 * does: what it writes is multiplied, and what it reads is divided again.
 */
export async function driftMedia({ browser }: BenchMember, ppm: number): Promise<void> {
  await inOwnWorld(browser, driftHere, ppm);
}

/** Runs in the page: it is sent as text, so it is self-contained. */
function driftHere(ppm: number): void {
  const prototype = HTMLMediaElement.prototype;
  const own = Object.getOwnPropertyDescriptor(prototype, 'playbackRate');
  const factor = 1 + ppm * 1e-6;
  Object.defineProperty(prototype, 'playbackRate', {
    ...own,
    get(this: HTMLMediaElement) {
      // Rounded, so that what was written reads back as the same number.
      return Number((Number(own?.get?.call(this)) / factor).toPrecision(12));
    },
    set(this: HTMLMediaElement, rate: number) {
      // The stretcher for kept pitch would take so small a difference for none.
      this.preservesPitch = false;
      own?.set?.call(this, rate * factor);
    },
  });
  const film = document.querySelector<HTMLVideoElement>('#film');
  if (film) film.playbackRate = 1;
}
