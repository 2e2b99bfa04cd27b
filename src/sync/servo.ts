import { FIRST_LEADS, LEAD_MAX_SEC, learnLanding, type Leads, type Move } from './leads.ts';
import { estimatePlayhead, looked, NO_PLAYHEAD, type Playhead } from './playhead.ts';
import { canStand, jumpAheadSec, STAND_AT_MOST_SEC, startAheadSec } from './stand.ts';
import { cooledDown, NO_TRIES, tried, type Tries } from './tries.ts';
import { TRIM_START, trimFor, type Trim } from './trim.ts';

/**
 * Keeps one player on the room's timeline: a pure control law, stepped about ten times a second.
 * Positions in seconds of content time, times in ms of one monotonic clock.
 */
export interface ServoInput {
  nowMs: number;
  /** Where the timeline says the player should be at `nowMs`. */
  target: {
    positionSec: number;
    playing: boolean;
    rate: number;
    /** How long until a film that is to play begins to; 0 or less when it runs. */
    startsInMs: number;
  };
  player: {
    positionSec: number;
    paused: boolean;
    rate: number;
    /** A seek is under way. */
    seeking: boolean;
    /** Enough data to play on (`readyState >= HAVE_FUTURE_DATA`). */
    ready: boolean;
    /** Ran to its end. */
    ended: boolean;
    durationSec: number | null;
  };
  /** What the site allows (src/player/adapter.ts). */
  can: { rate: boolean; seekToleranceSec: number; losesPlace?: boolean };
}

export interface ServoState {
  leads: Leads;
  trim: Trim;
  playhead: Playhead;
  /** The speed that people had chosen at the last step; `null` before the first. */
  roomRate: number | null;
  /** Jumps since it was last on the timeline, and stops for being ahead of it. */
  seeks: Tries;
  stops: Tries;
  /** Until then, after a seek or a start, the position read is not yet to be trusted. */
  settleUntilMs: number;
  /** A move whose landing is still to be learned from: when it was made, and at what drift it should land. */
  landing: { move: Move; atMs: number; expectedSec: number } | null;
  /** A jump was made since the player last played: its start takes longer. */
  soughtPaused: boolean;
  /** When a film that played ran out of data, which it still waits for. */
  dryAtMs: number | null;
}

export interface ServoCommand {
  play?: true;
  pause?: true;
  /** Stop for a moment: the room plays on, and this player is ahead of it. */
  stand?: true;
  seekToSec?: number;
  rate?: number;
}

export interface ServoStep {
  state: ServoState;
  command: ServoCommand;
  /** Player minus timeline, in seconds; `null` while the player's position means nothing. */
  driftSec: number | null;
  /** Step again after so long, since something is to be done at that moment. */
  wakeInMs?: number;
}

export const SERVO_START: ServoState = {
  leads: FIRST_LEADS,
  trim: TRIM_START,
  playhead: NO_PLAYHEAD,
  roomRate: null,
  seeks: NO_TRIES,
  stops: NO_TRIES,
  settleUntilMs: -Infinity,
  landing: null,
  soughtPaused: false,
  dryAtMs: null,
};

/** Beyond this, going there takes longer by rate than a person should wait. */
const SEEK_BEYOND_SEC = 0.25;
/** Where no rate can close a gap, only a jump can: two such players are to be within 100 ms of each other. */
const SEEK_ONLY_BEYOND_SEC = 0.05;
/** A player that runs ahead ends so much before the room. */
const ENDED_EARLY_SEC = 1;
/** A jump is aimed so much short of the end, at most: a film that has ended begins anew when it is played. */
const NEAR_END_SEC = 0.05;
/** A paused picture off by less than a frame is the same picture. */
const PAUSED_TOLERANCE_SEC = 0.02;
/** Where only jumps are left, one is not worth it while the film stands. */
const PAUSED_SEEK_ONLY_SEC = 0.08;
/** The data that a film waits for is likely to come soon; a jump would have its site begin anew elsewhere. */
const DRY_MS = 3000;
/** Chromium’s media clock moves by steps for up to 200 ms after a seek or start (docs/sync.md), then it is true. */
const SETTLE_MS = 250;
const RATE_NEWS = 1e-5;
/** No timer is worth setting for less. */
const TIMER_MS = 0.5;

export function servo(before: ServoState, input: ServoInput): ServoStep {
  const { target, player } = input;
  const state = atRoomRate(before, target.rate);
  if (player.seeking) return { state: { ...state, playhead: NO_PLAYHEAD }, command: {}, driftSec: null };
  const targetSec =
    player.durationSec === null ? target.positionSec : Math.min(target.positionSec, player.durationSec);
  if (!target.playing) return rest(state, input, targetSec);
  const beginsInMs = aheadMs(input, targetSec) - startEarlySec(state, input) * 1000;
  if (beginsInMs <= TIMER_MS || hasBegun(state, input)) return hold(state, input, targetSec);
  const wakeInMs = beginsInMs;
  if (target.startsInMs > 0) return { ...rest(state, input, targetSec), wakeInMs };
  const standAtMostSec = canStand(input.can) ? STAND_AT_MOST_SEC : SEEK_BEYOND_SEC;
  const waitAtMostSec = Math.max(standAtMostSec, input.can.seekToleranceSec);
  if (player.paused && !player.ended && beginsInMs < waitAtMostSec * 1000) {
    return { state, command: {}, driftSec: player.positionSec - targetSec, wakeInMs };
  }
  return hold(state, input, targetSec);
}

/**
 * Another speed reaches each one at another moment, and what a player ran meanwhile is counted at the wrong one: all is looked
 * at anew, and where nobody knows yet how the film sounds, faster is allowed.
 */
function atRoomRate(state: ServoState, roomRate: number): ServoState {
  if (state.roomRate === roomRate) return state;
  if (state.roomRate === null) return { ...state, roomRate };
  return { ...state, roomRate, trim: arriving(state.trim), playhead: NO_PLAYHEAD };
}

/** The start was made, its lead sooner than its moment: to look at the clock once more must not undo it. */
function hasBegun({ landing }: ServoState, { player }: ServoInput): boolean {
  return !player.paused && landing !== null && landing.move !== 'seek';
}

/** How far off a player may stand. */
export function standsWithinSec({ rate, seekToleranceSec }: ServoInput['can']): number {
  return Math.max(rate ? PAUSED_TOLERANCE_SEC : PAUSED_SEEK_ONLY_SEC, seekToleranceSec);
}

/** How long until the film is where this player stands: the wait for the start, and what it stands ahead by. */
function aheadMs({ target, player }: ServoInput, targetSec: number): number {
  return Math.max(0, target.startsInMs) + ((player.positionSec - targetSec) / target.rate) * 1000;
}

/** The room stands: stop on the very frame. */
function rest(before: ServoState, input: ServoInput, targetSec: number): ServoStep {
  const { target, player, nowMs } = input;
  // A player that goes on elsewhere anyway is no distance off: there is nothing to catch up with.
  const driftSec = input.can.seekToleranceSec === Infinity ? null : player.positionSec - targetSec;
  const command: ServoCommand = {};
  if (!player.paused) command.pause = true;
  if (player.rate !== target.rate && input.can.rate) command.rate = target.rate;
  const state: ServoState = {
    ...before,
    trim: arriving(before.trim),
    playhead: NO_PLAYHEAD,
    landing: null,
  };
  if (driftSec === null || Math.abs(driftSec) <= standsWithinSec(input.can)) {
    return { state: { ...state, seeks: NO_TRIES, stops: NO_TRIES }, command, driftSec };
  }
  if (!cooledDown(before.seeks, nowMs)) return { state, command, driftSec };
  const sought = { ...moved(state, nowMs), soughtPaused: true };
  return { state: sought, command: { ...command, seekToSec: targetSec }, driftSec };
}

/** The room plays: start, jump or nudge towards the timeline. */
function hold(before: ServoState, input: ServoInput, targetSec: number): ServoStep {
  const { target, player, can, nowMs } = input;
  const settled = !player.paused && player.ready && nowMs >= before.settleUntilMs;
  const playhead = settled
    ? looked(before.playhead, { atMs: nowMs, positionSec: player.positionSec, rate: player.rate })
    : NO_PLAYHEAD;
  const estimate = estimatePlayhead(playhead);
  const driftSec = (estimate?.positionSec ?? player.positionSec) - targetSec;
  const state = settled
    ? learned({ ...before, playhead, soughtPaused: false, dryAtMs: null }, driftSec, nowMs)
    : {
        ...before,
        playhead,
        trim: player.ready ? before.trim : arriving(before.trim),
        dryAtMs: ranDryAtMs(before, input),
      };
  const atEnd = player.durationSec !== null && targetSec >= player.durationSec - NEAR_END_SEC;
  const beyondSec =
    atEnd && player.paused ? 1.2 * NEAR_END_SEC : can.rate ? SEEK_BEYOND_SEC : SEEK_ONLY_BEYOND_SEC;
  // What stands ahead by what its start takes is where it should be.
  const leadSec = player.paused
    ? Math.min(Math.max(0, driftSec), startEarlySec(state, input) * target.rate)
    : 0;
  const far = Math.abs(driftSec - leadSec) > Math.max(beyondSec, can.seekToleranceSec);
  // To play where the film has ended would begin it anew: such a player waits for the room, or jumps first.
  const early = Math.abs(driftSec) < ENDED_EARLY_SEC;
  if (player.ended ? early : atEnd && player.paused && !far) return { state, command: {}, driftSec };
  const starts = player.paused && !atEnd && !player.ended;
  const command: ServoCommand = starts ? { play: true } : {};
  if (settled && isToStand(driftSec, input) && cooledDown(state.stops, nowMs)) {
    return { state: { ...state, stops: tried(state.stops, nowMs) }, command: { stand: true }, driftSec };
  }
  // Until the next jump is due, the rate closes what it can.
  if (far && settled && !cooledDown(state.seeks, nowMs)) {
    return { ...nudge(state, input, driftSec, 0), state };
  }
  // A start that seems to have missed by little may only look so.
  const unsure = !player.paused && nowMs < state.settleUntilMs && Math.abs(driftSec) < SEEK_BEYOND_SEC;
  if (player.paused || (far && !unsure)) {
    if (player.rate !== target.rate && can.rate) command.rate = target.rate;
    const waits = state.dryAtMs !== null && nowMs - state.dryAtMs < DRY_MS;
    if (!far || waits || !cooledDown(state.seeks, nowMs)) {
      return { state: starts ? started(state, input, targetSec) : state, command, driftSec };
    }
    const aheadSec = jumpAheadSec(can, state.seeks);
    const aimSec = targetSec + aheadSec + state.leads.seek.leadSec * target.rate;
    const sought = moved(state, nowMs, { move: 'seek', atMs: nowMs, expectedSec: aheadSec });
    return {
      state: sought,
      command: { ...command, seekToSec: clampToEnd(aimSec, player.durationSec) },
      driftSec,
    };
  }
  return settled
    ? nudge(state, input, driftSec, estimate?.uncertaintySec ?? 0)
    : { state, command, driftSec };
}

/** It plays so far ahead that it is to stand until the room is there, and would not be at the end of the film then. */
function isToStand(driftSec: number, { player, can }: ServoInput): boolean {
  const { durationSec, positionSec } = player;
  const atEnd = durationSec !== null && positionSec > durationSec - ENDED_EARLY_SEC;
  const ahead = driftSec > SEEK_ONLY_BEYOND_SEC && driftSec <= STAND_AT_MOST_SEC;
  return ahead && canStand(can) && !atEnd;
}

function ranDryAtMs({ dryAtMs, playhead }: ServoState, { player, nowMs }: ServoInput): number | null {
  if (player.ready || player.paused) return null;
  return dryAtMs ?? (playhead.samples.length > 0 ? nowMs : null);
}

function nudge(state: ServoState, input: ServoInput, driftSec: number, uncertaintySec: number): ServoStep {
  const { target, player, can, nowMs } = input;
  const { state: trim, trim: part } = trimFor(
    state.trim,
    driftSec,
    uncertaintySec,
    nowMs,
    can.seekToleranceSec > SEEK_BEYOND_SEC,
  );
  const rate = target.rate * (1 + part);
  const command = can.rate && Math.abs(rate - player.rate) >= RATE_NEWS ? { rate } : {};
  // A player that cannot run at the room's speed leaves the timeline again at once.
  const keepsUp = can.rate || player.rate === target.rate;
  const seeks = keepsUp ? NO_TRIES : state.seeks;
  const stops = keepsUp && Math.abs(driftSec) <= SEEK_ONLY_BEYOND_SEC ? NO_TRIES : state.stops;
  return { state: { ...state, trim, seeks, stops }, command, driftSec };
}

/** How much sooner than its moment a start is to be made, in seconds. */
function startEarlySec(state: ServoState, { can }: ServoInput): number {
  return startLeadSec(state) + startAheadSec(can);
}

/** What a start takes. */
function startLeadSec({ leads, soughtPaused }: ServoState): number {
  return (soughtPaused ? leads.start_after_seek : leads.start).leadSec;
}

/** Told again at each step until the player starts. */
function started(state: ServoState, input: ServoInput, targetSec: number): ServoState {
  const { nowMs, target } = input;
  const move = state.soughtPaused ? 'start_after_seek' : 'start';
  const expectedSec = (aheadMs(input, targetSec) / 1000 - startLeadSec(state)) * target.rate;
  return { ...state, settleUntilMs: nowMs + SETTLE_MS, landing: { move, atMs: nowMs, expectedSec } };
}

/** What a move missed by, once the player's clock has settled, corrects the lead of the next. */
function learned(state: ServoState, driftSec: number, nowMs: number): ServoState {
  if (!state.landing) return state;
  const { move, atMs, expectedSec } = state.landing;
  const tookMs = nowMs - atMs;
  const prompt = tookMs <= (move === 'seek' ? LEAD_MAX_SEC * 1000 : 0) + 2 * SETTLE_MS;
  const missedSec = driftSec - expectedSec;
  // Nothing takes longer than the time since: rather the clock was set, or the room went elsewhere.
  const possible = -missedSec * 1000 <= tookMs * (state.roomRate ?? 1);
  const leads = prompt && possible ? learnLanding(state.leads, move, missedSec) : state.leads;
  return { ...state, leads, landing: null };
}

function moved(state: ServoState, nowMs: number, landing: ServoState['landing'] = null): ServoState {
  return {
    ...state,
    seeks: tried(state.seeks, nowMs),
    settleUntilMs: nowMs + SETTLE_MS,
    landing,
    playhead: NO_PLAYHEAD,
    trim: arriving(state.trim),
  };
}

/** After a jump, a start or a wait for data the player may run faster for a moment. */
function arriving(trim: Trim): Trim {
  return { ...trim, nudging: false, arriving: true, given: null, restedAtMs: null };
}

function clampToEnd(positionSec: number, durationSec: number | null): number {
  return durationSec === null ? positionSec : Math.min(positionSec, Math.max(0, durationSec - NEAR_END_SEC));
}
