import type { Plan } from './main.ts';
import type { RoomClock } from './room-clock.ts';

/** Starts when it is time, and is left alone. */
export function noCorrection(video: HTMLVideoElement, motion: Plan, clock: RoomClock): void {
  const waitMs = motion.atServerMs - (clock.serverNowMs() ?? motion.atServerMs);
  video.playbackRate = motion.rate;
  setTimeout(() => void video.play(), waitMs);
}
