import { noCorrection } from './no-correction.ts';
import { RoomClock } from './room-clock.ts';
import { timingsrc } from './timingsrc.ts';
import { v1Example } from './v1-example.ts';

export type Policy = 'no correction' | 'v1 example' | 'timingsrc';

/** At that time of the server's the film begins to run from `positionSec`. */
export interface Plan {
  positionSec: number;
  rate: number;
  atServerMs: number;
}

export interface Follower {
  listen: (serverUrl: string) => void;
  /** The burst of clock exchanges is over. */
  knowsTheTime: () => boolean;
  follow: (what: { policy: Policy; motion: Plan }) => void;
}

const POLICIES = { 'no correction': noCorrection, 'v1 example': v1Example, timingsrc };

let clock: RoomClock | null = null;

export function listen(serverUrl: string): void {
  clock = new RoomClock(serverUrl);
}

export function knowsTheTime(): boolean {
  return clock?.isSure ?? false;
}

export function follow({ policy, motion }: { policy: Policy; motion: Plan }): void {
  const video = document.querySelector<HTMLVideoElement>('#film');
  if (!video || !clock) throw new Error('no film, or no clock, to follow with');
  POLICIES[policy](video, motion, clock);
}
