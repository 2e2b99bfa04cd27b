import { NO_BACKOFF, type Backoff } from './backoff.ts';
import { INITIAL_LATENCY, type LatencyCompensation, type Move } from './latency-compensation.ts';
import { NO_PLAYHEAD, type Playhead } from './playhead.ts';
import { RATE_CONTROL_START, type RateControl } from './rate-control.ts';

/** Positions in seconds of content time, times in ms of one monotonic clock. */
export interface ServoInput {
  nowMs: number;
  /** Where the timeline says the player should be at `nowMs`. */
  target: {
    positionSec: number;
    playing: boolean;
    rate: number;
    /** How long until a video that is to play starts; 0 or less while it runs. */
    startsInMs: number;
  };
  player: {
    positionSec: number;
    paused: boolean;
    rate: number;
    /** A seek is in progress. */
    seeking: boolean;
    /** Enough data to play on (`readyState >= HAVE_FUTURE_DATA`). */
    ready: boolean;
    /** Played to its end. */
    ended: boolean;
    durationSec: number | null;
  };
  /** What the site allows. */
  can: { rate: boolean; seekToleranceSec: number; losesPlace?: boolean };
}

export interface ServoState {
  latency: LatencyCompensation;
  rateControl: RateControl;
  playhead: Playhead;
  /** The rate that the room had chosen at the last step; `null` before the first. */
  roomRate: number | null;
  /** Seeks since the player was last on the timeline, and pauses for being ahead of it. */
  seeks: Backoff;
  stops: Backoff;
  /** Until then, after a seek or a start, the player's position is not trusted. */
  settleUntilMs: number;
  /** A move that its latency is still to be learned from: when it was made, and the drift it should leave. */
  unconfirmedMove: { move: Move; atMs: number; expectedSec: number } | null;
  /** The player was sought since it last played: its next start takes longer. */
  soughtWhilePaused: boolean;
  /** When a playing video ran out of data; `null` while it has data. */
  stalledSinceMs: number | null;
}

export interface ServoCommand {
  play?: true;
  pause?: true;
  /** Pause for a moment: the room plays on, and this player is ahead of it. */
  pauseToSync?: true;
  seekToSec?: number;
  rate?: number;
}

export interface ServoStep {
  state: ServoState;
  command: ServoCommand;
  /** Player minus timeline, in seconds; `null` while the player's position means nothing. */
  driftSec: number | null;
  /** Step again after this time, since a command is due then. */
  wakeInMs?: number;
}

export const SERVO_START: ServoState = {
  latency: INITIAL_LATENCY,
  rateControl: RATE_CONTROL_START,
  playhead: NO_PLAYHEAD,
  roomRate: null,
  seeks: NO_BACKOFF,
  stops: NO_BACKOFF,
  settleUntilMs: -Infinity,
  unconfirmedMove: null,
  soughtWhilePaused: false,
  stalledSinceMs: null,
};
