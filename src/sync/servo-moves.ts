/** How the servo's state changes with each seek, start and stall. */
import { recordAttempt } from './backoff.ts';
import { learnLatency, MAX_LATENCY_SEC } from './latency-compensation.ts';
import { startAheadSec } from './pause-to-sync.ts';
import { NO_PLAYHEAD } from './playhead.ts';
import type { RateControl } from './rate-control.ts';
import type { ServoInput, ServoState } from './servo-state.ts';

/** Chromium's media clock moves in steps for up to 200 ms after a seek or start (docs/sync.md), then it is exact. */
const SETTLE_MS = 250;

/** How long until the timeline reaches the player's position: the wait for the start, and what the player is ahead by. */
export function leadMs({ target, player }: ServoInput, targetSec: number): number {
  return Math.max(0, target.startsInMs) + ((player.positionSec - targetSec) / target.rate) * 1000;
}

/** How many seconds before its moment a start is made. */
export function startEarlySec(state: ServoState, { can }: ServoInput): number {
  return startLatencySec(state) + startAheadSec(can);
}

function startLatencySec({ latency, soughtWhilePaused }: ServoState): number {
  return (soughtWhilePaused ? latency.start_after_seek : latency.start).latencySec;
}

/** Applied again at each step until the player starts. */
export function afterStart(state: ServoState, input: ServoInput, targetSec: number): ServoState {
  const { nowMs, target } = input;
  const move = state.soughtWhilePaused ? 'start_after_seek' : 'start';
  const expectedSec = (leadMs(input, targetSec) / 1000 - startLatencySec(state)) * target.rate;
  return { ...state, settleUntilMs: nowMs + SETTLE_MS, unconfirmedMove: { move, atMs: nowMs, expectedSec } };
}

export function afterSeek(
  state: ServoState,
  nowMs: number,
  unconfirmedMove: ServoState['unconfirmedMove'] = null,
): ServoState {
  return {
    ...state,
    seeks: recordAttempt(state.seeks, nowMs),
    settleUntilMs: nowMs + SETTLE_MS,
    unconfirmedMove,
    playhead: NO_PLAYHEAD,
    rateControl: catchingUp(state.rateControl),
  };
}

/** After a seek, a start or a stall the player may run faster for a moment. */
export function catchingUp(before: RateControl): RateControl {
  return { ...before, correcting: false, catchingUp: true, applied: null, steadySinceMs: null };
}

/** Once the player's clock has settled, corrects the latency of the last move by what it missed. */
export function learnFromMove(state: ServoState, driftSec: number, nowMs: number): ServoState {
  if (!state.unconfirmedMove) return state;
  const { move, atMs, expectedSec } = state.unconfirmedMove;
  const tookMs = nowMs - atMs;
  const prompt = tookMs <= (move === 'seek' ? MAX_LATENCY_SEC * 1000 : 0) + 2 * SETTLE_MS;
  const missedSec = driftSec - expectedSec;
  // A move cannot have taken longer than the time since: then the clock was set, or the room went elsewhere.
  const possible = -missedSec * 1000 <= tookMs * (state.roomRate ?? 1);
  const latency = prompt && possible ? learnLatency(state.latency, move, missedSec) : state.latency;
  return { ...state, latency, unconfirmedMove: null };
}

/** When a video that played ran out of data; `null` if it has data or is paused. */
export function stallStartMs(
  { stalledSinceMs, playhead }: ServoState,
  { player, nowMs }: ServoInput,
): number | null {
  if (player.ready || player.paused) return null;
  return stalledSinceMs ?? (playhead.samples.length > 0 ? nowMs : null);
}
