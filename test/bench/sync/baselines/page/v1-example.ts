import type { Plan } from './main.ts';
import type { RoomClock } from './room-clock.ts';

const LOOK_EVERY_MS = 100;
const SEEK_BEYOND_SEC = 0.25;
const LEAVE_WITHIN_SEC = 0.02;

/**
 * What the v1 schema gives as its example: beyond 250 ms seek, else a rate of 0.98 or 1.02. Its clock is the
 * server's word in `server/hello`; a dead band of 20 ms, which the example leaves open, keeps it from chattering.
 */
export function v1Example(video: HTMLVideoElement, motion: Plan, clock: RoomClock): void {
  setInterval(() => {
    if (clock.helloOffsetMs === null) return;
    const elapsedSec = (Date.now() + clock.helloOffsetMs - motion.atServerMs) / 1000;
    if (elapsedSec < 0) return;
    if (video.paused) void video.play();
    const driftSec = video.currentTime - (motion.positionSec + motion.rate * elapsedSec);
    const off = Math.abs(driftSec);
    if (off > SEEK_BEYOND_SEC) video.currentTime -= driftSec;
    const trim = off > SEEK_BEYOND_SEC || off < LEAVE_WITHIN_SEC ? 0 : -Math.sign(driftSec) * 0.02;
    const rate = motion.rate * (1 + trim);
    if (video.playbackRate !== rate) video.playbackRate = rate;
  }, LOOK_EVERY_MS);
}
