import { TimingObject } from 'timing-object';
import { setTimingsrc } from 'timingsrc';
import type { Plan } from './main.ts';
import type { RoomClock } from './room-clock.ts';

const LOOK_EVERY_MS = 1000;
/** The clock's word on the past changes little; each change would be a jump of the timeline. */
const TELL_BEYOND_SEC = 0.0005;

/** The npm package of that name with its own defaults; its timing object follows our clock exchange. */
export function timingsrc(video: HTMLVideoElement, motion: Plan, clock: RoomClock): void {
  const timing = new TimingObject({ position: motion.positionSec, velocity: 0 });
  setTimingsrc(video, timing);
  const tell = () => {
    const serverMs = clock.serverNowMs();
    if (serverMs === null || serverMs < motion.atServerMs) return;
    const position = motion.positionSec + (motion.rate * (serverMs - motion.atServerMs)) / 1000;
    const now = timing.query();
    if (now.velocity === motion.rate && Math.abs(now.position - position) < TELL_BEYOND_SEC) return;
    void timing.update({ position, velocity: motion.rate });
  };
  const waitMs = motion.atServerMs - (clock.serverNowMs() ?? motion.atServerMs);
  setTimeout(() => {
    tell();
    setInterval(tell, LOOK_EVERY_MS);
  }, waitMs + 1);
}
