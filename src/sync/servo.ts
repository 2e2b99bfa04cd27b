import { backoffElapsed, NO_BACKOFF, recordAttempt } from './backoff.ts';
import { canPauseToSync, MAX_PAUSE_SEC, seekAheadSec } from './pause-to-sync.ts';
import { addSample, estimatePlayhead, NO_PLAYHEAD } from './playhead.ts';
import { controlRate } from './rate-control.ts';
import {
  afterSeek,
  afterStart,
  catchingUp,
  leadMs,
  learnFromMove,
  stallStartMs,
  startEarlySec,
} from './servo-moves.ts';
import type { ServoCommand, ServoInput, ServoState, ServoStep } from './servo-state.ts';

/** Beyond this drift the rate takes longer to correct it than a user should wait. */
const SEEK_BEYOND_SEC = 0.25;
/** Where the rate cannot be changed, only a seek closes a gap: two such players must be within 100 ms of each other. */
const SEEK_ONLY_BEYOND_SEC = 0.05;
/** A player that runs ahead ends this much before the room. */
const ENDED_EARLY_SEC = 1;
/** Seeks aim at least this much before the end: a video that has ended restarts when it is played. */
const NEAR_END_SEC = 0.05;
/** A paused picture off by less than a frame is the same picture. */
const PAUSED_TOLERANCE_SEC = 0.02;
/** Where only seeks are possible, a smaller gap of a paused video is not worth one. */
const PAUSED_SEEK_ONLY_SEC = 0.08;
/** A stalled video is likely to get its data soon; a seek would make its site load again from elsewhere. */
const STALL_GRACE_MS = 3000;
const MIN_RATE_CHANGE = 1e-5;
/** A shorter wait is not worth a timer. */
const MIN_TIMER_MS = 0.5;

/** Keeps one player on the room's timeline: a pure control law, stepped about ten times a second. */
export function servo(before: ServoState, input: ServoInput): ServoStep {
  const { target, player } = input;
  const state = withRoomRate(before, target.rate);
  if (player.seeking) return { state: { ...state, playhead: NO_PLAYHEAD }, command: {}, driftSec: null };
  const targetSec =
    player.durationSec === null ? target.positionSec : Math.min(target.positionSec, player.durationSec);
  if (!target.playing) return holdPaused(state, input, targetSec);
  const wakeInMs = leadMs(input, targetSec) - startEarlySec(state, input) * 1000;
  if (wakeInMs <= MIN_TIMER_MS || hasStarted(state, input)) return trackPlaying(state, input, targetSec);
  if (target.startsInMs > 0) return { ...holdPaused(state, input, targetSec), wakeInMs };
  const maxPauseSec = canPauseToSync(input.can) ? MAX_PAUSE_SEC : SEEK_BEYOND_SEC;
  const maxWaitSec = Math.max(maxPauseSec, input.can.seekToleranceSec);
  if (player.paused && !player.ended && wakeInMs < maxWaitSec * 1000) {
    return { state, command: {}, driftSec: player.positionSec - targetSec, wakeInMs };
  }
  return trackPlaying(state, input, targetSec);
}

/**
 * Members learn of a new room rate at different moments, so the playhead was integrated at the wrong rate. Drops it, and
 * allows the larger catch-up rate: right after a change of rate a correction is not audible.
 */
function withRoomRate(state: ServoState, roomRate: number): ServoState {
  if (state.roomRate === roomRate) return state;
  if (state.roomRate === null) return { ...state, roomRate };
  return { ...state, roomRate, rateControl: catchingUp(state.rateControl), playhead: NO_PLAYHEAD };
}

/** True after a start was made, ahead of its moment by its latency: another reading of the clock must not undo it. */
function hasStarted({ unconfirmedMove }: ServoState, { player }: ServoInput): boolean {
  return !player.paused && unconfirmedMove !== null && unconfirmedMove.move !== 'seek';
}

/** How far from the timeline a paused player may stay. */
export function pausedToleranceSec({ rate, seekToleranceSec }: ServoInput['can']): number {
  return Math.max(rate ? PAUSED_TOLERANCE_SEC : PAUSED_SEEK_ONLY_SEC, seekToleranceSec);
}

/** The room is paused: pauses the player on the very frame. */
function holdPaused(before: ServoState, input: ServoInput, targetSec: number): ServoStep {
  const { target, player, nowMs } = input;
  // A player that goes on elsewhere after a pause has no drift: there is nothing to catch up with.
  const driftSec = input.can.seekToleranceSec === Infinity ? null : player.positionSec - targetSec;
  const command: ServoCommand = {};
  if (!player.paused) command.pause = true;
  if (player.rate !== target.rate && input.can.rate) command.rate = target.rate;
  const state: ServoState = {
    ...before,
    rateControl: catchingUp(before.rateControl),
    playhead: NO_PLAYHEAD,
    unconfirmedMove: null,
  };
  if (driftSec === null || Math.abs(driftSec) <= pausedToleranceSec(input.can)) {
    return { state: { ...state, seeks: NO_BACKOFF, stops: NO_BACKOFF }, command, driftSec };
  }
  if (!backoffElapsed(before.seeks, nowMs)) return { state, command, driftSec };
  const sought = { ...afterSeek(state, nowMs), soughtWhilePaused: true };
  return { state: sought, command: { ...command, seekToSec: targetSec }, driftSec };
}

/** The room plays: starts, seeks or corrects the rate towards the timeline. */
function trackPlaying(before: ServoState, input: ServoInput, targetSec: number): ServoStep {
  const { player, nowMs } = input;
  const settled = !player.paused && player.ready && nowMs >= before.settleUntilMs;
  const { state, driftSec, uncertaintySec } = measure(before, input, targetSec, settled);
  const atEnd = player.durationSec !== null && targetSec >= player.durationSec - NEAR_END_SEC;
  const isFar = isFarOff(state, input, driftSec, atEnd);
  // A video that has ended restarts when played: such a player waits for the room, or seeks first.
  const endedEarly = Math.abs(driftSec) < ENDED_EARLY_SEC;
  if (player.ended ? endedEarly : atEnd && player.paused && !isFar) return { state, command: {}, driftSec };
  if (settled && shouldPauseToSync(driftSec, input) && backoffElapsed(state.stops, nowMs)) {
    const stops = recordAttempt(state.stops, nowMs);
    return { state: { ...state, stops }, command: { pauseToSync: true }, driftSec };
  }
  // Until the next seek is due, the rate closes what it can.
  if (isFar && settled && !backoffElapsed(state.seeks, nowMs)) {
    return { ...correctRate(state, input, driftSec, 0), state };
  }
  // Right after a start a small drift may be an error of the clock.
  const unsure = !player.paused && nowMs < state.settleUntilMs && Math.abs(driftSec) < SEEK_BEYOND_SEC;
  if (player.paused || (isFar && !unsure)) {
    const starts = player.paused && !atEnd && !player.ended;
    return startOrSeek(state, input, targetSec, { driftSec, isFar, starts });
  }
  return settled ? correctRate(state, input, driftSec, uncertaintySec) : { state, command: {}, driftSec };
}

/** The drift by the playhead, or by the bare position until it has settled, and the state that learned from it. */
function measure(
  before: ServoState,
  input: ServoInput,
  targetSec: number,
  settled: boolean,
): { state: ServoState; driftSec: number; uncertaintySec: number } {
  const { player, nowMs } = input;
  const playhead = settled
    ? addSample(before.playhead, { atMs: nowMs, positionSec: player.positionSec, rate: player.rate })
    : NO_PLAYHEAD;
  const estimate = estimatePlayhead(playhead);
  const driftSec = (estimate?.positionSec ?? player.positionSec) - targetSec;
  const uncertaintySec = estimate?.uncertaintySec ?? 0;
  if (settled) {
    const playing = { ...before, playhead, soughtWhilePaused: false, stalledSinceMs: null };
    return { state: learnFromMove(playing, driftSec, nowMs), driftSec, uncertaintySec };
  }
  const rateControl = player.ready ? before.rateControl : catchingUp(before.rateControl);
  const state = { ...before, playhead, rateControl, stalledSinceMs: stallStartMs(before, input) };
  return { state, driftSec, uncertaintySec };
}

/** True if only a seek brings the player to the timeline. */
function isFarOff(state: ServoState, input: ServoInput, driftSec: number, atEnd: boolean): boolean {
  const { target, player, can } = input;
  const beyondSec =
    atEnd && player.paused ? 1.2 * NEAR_END_SEC : can.rate ? SEEK_BEYOND_SEC : SEEK_ONLY_BEYOND_SEC;
  // A paused player that is ahead by the latency of its start is where it should be.
  const leadSec = player.paused
    ? Math.min(Math.max(0, driftSec), startEarlySec(state, input) * target.rate)
    : 0;
  return Math.abs(driftSec - leadSec) > Math.max(beyondSec, can.seekToleranceSec);
}

function startOrSeek(
  state: ServoState,
  input: ServoInput,
  targetSec: number,
  { driftSec, isFar, starts }: { driftSec: number; isFar: boolean; starts: boolean },
): ServoStep {
  const { target, player, can, nowMs } = input;
  const command: ServoCommand = starts ? { play: true } : {};
  if (player.rate !== target.rate && can.rate) command.rate = target.rate;
  const awaitsData = state.stalledSinceMs !== null && nowMs - state.stalledSinceMs < STALL_GRACE_MS;
  if (!isFar || awaitsData || !backoffElapsed(state.seeks, nowMs)) {
    return { state: starts ? afterStart(state, input, targetSec) : state, command, driftSec };
  }
  const aheadSec = seekAheadSec(can, state.seeks);
  const aimSec = targetSec + aheadSec + state.latency.seek.latencySec * target.rate;
  const sought = afterSeek(state, nowMs, { move: 'seek', atMs: nowMs, expectedSec: aheadSec });
  return {
    state: sought,
    command: { ...command, seekToSec: clampToEnd(aimSec, player.durationSec) },
    driftSec,
  };
}

/** True if the player is ahead by so little that a pause brings it to the timeline before its end. */
function shouldPauseToSync(driftSec: number, { player, can }: ServoInput): boolean {
  const { durationSec, positionSec } = player;
  const atEnd = durationSec !== null && positionSec > durationSec - ENDED_EARLY_SEC;
  const ahead = driftSec > SEEK_ONLY_BEYOND_SEC && driftSec <= MAX_PAUSE_SEC;
  return ahead && canPauseToSync(can) && !atEnd;
}

function correctRate(
  state: ServoState,
  input: ServoInput,
  driftSec: number,
  uncertaintySec: number,
): ServoStep {
  const { target, player, can, nowMs } = input;
  const coarse = can.seekToleranceSec > SEEK_BEYOND_SEC;
  const next = controlRate(state.rateControl, driftSec, uncertaintySec, nowMs, coarse);
  const rate = target.rate * (1 + next.correction);
  const command = can.rate && Math.abs(rate - player.rate) >= MIN_RATE_CHANGE ? { rate } : {};
  // A player that cannot run at the room's rate leaves the timeline again at once.
  const keepsUp = can.rate || player.rate === target.rate;
  const seeks = keepsUp ? NO_BACKOFF : state.seeks;
  const stops = keepsUp && Math.abs(driftSec) <= SEEK_ONLY_BEYOND_SEC ? NO_BACKOFF : state.stops;
  return { state: { ...state, rateControl: next.state, seeks, stops }, command, driftSec };
}

function clampToEnd(positionSec: number, durationSec: number | null): number {
  return durationSec === null ? positionSec : Math.min(positionSec, Math.max(0, durationSec - NEAR_END_SEC));
}
