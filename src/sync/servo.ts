/**
 * Keeps one player on the room's timeline: a pure control law, stepped about ten times a second.
 * Positions in seconds of content time, times in ms of one monotonic clock.
 */
export interface ServoInput {
  nowMs: number;
  /** Where the timeline says the player should be at `nowMs`. */
  target: { positionSec: number; playing: boolean; rate: number };
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
  can: { rate: boolean; seekToleranceSec: number };
}

export interface ServoState {
  /** A seek lands late by about this much, learned from past landings. */
  seekLeadSec: number;
  lastSeekAtMs: number | null;
  /** Until then, after a seek or a start, the position read is not yet to be trusted. */
  settleUntilMs: number;
  /** How often we sought in a row without reaching the timeline. */
  seeksInARow: number;
  /** A landing whose error is still to be learned from. */
  landingDue: boolean;
  nudging: boolean;
}

export interface ServoCommand {
  play?: true;
  pause?: true;
  seekToSec?: number;
  rate?: number;
}

export interface ServoStep {
  state: ServoState;
  command: ServoCommand;
  /** Player minus timeline, in seconds; `null` while the player's position means nothing. */
  driftSec: number | null;
}

export const SERVO_START: ServoState = {
  seekLeadSec: 0,
  lastSeekAtMs: null,
  settleUntilMs: -Infinity,
  seeksInARow: 0,
  landingDue: false,
  nudging: false,
};

/** Beyond this, going there takes longer by rate than a person should wait. */
const SEEK_BEYOND_SEC = 0.25;
/** Where no rate can close a gap, only a jump can. */
const SEEK_ONLY_BEYOND_SEC = 0.08;
/** A player that runs ahead ends so much before the room. */
const ENDED_EARLY_SEC = 1;
/** A paused picture off by less than a frame is the same picture. */
const PAUSED_TOLERANCE_SEC = 0.02;
/** The media clock is unreliable so long after a seek or start (measured in Chromium). */
const SETTLE_MS = 450;
const SEEK_COOLDOWN_MS = 1500;
const SEEK_COOLDOWN_MAX_MS = 12_000;
const LEAD_MAX_SEC = 3;
/** Hysteresis: begin to nudge at the outer, stop at the inner. */
const NUDGE_FROM_SEC = 0.008;
const NUDGE_UNTIL_SEC = 0.002;
const NUDGE_GAIN_PER_SEC = 1.5;
/** 0.5 % is 8.6 cents, below what an ear notices; more is for catching up, a second or two at a time. */
const CAPS: readonly { beyondSec: number; cap: number }[] = [
  { beyondSec: 0.06, cap: 0.08 },
  { beyondSec: 0.015, cap: 0.03 },
  { beyondSec: 0, cap: 0.005 },
];
const RATE_STEP = 1e-4;

export function servo(state: ServoState, input: ServoInput): ServoStep {
  const { target, player } = input;
  if (player.seeking) return { state, command: {}, driftSec: null };
  const targetSec =
    player.durationSec === null ? target.positionSec : Math.min(target.positionSec, player.durationSec);
  const driftSec = player.positionSec - targetSec;
  return target.playing ? hold(state, input, targetSec, driftSec) : rest(state, input, targetSec, driftSec);
}

/** The room is paused: stop on the very frame. */
function rest(state: ServoState, input: ServoInput, targetSec: number, driftSec: number): ServoStep {
  const { target, player, nowMs } = input;
  const command: ServoCommand = {};
  if (!player.paused) command.pause = true;
  if (player.rate !== target.rate && input.can.rate) command.rate = target.rate;
  const next: ServoState = { ...state, nudging: false, landingDue: false };
  if (Math.abs(driftSec) <= Math.max(PAUSED_TOLERANCE_SEC, input.can.seekToleranceSec)) {
    return { state: { ...next, seeksInARow: 0 }, command, driftSec };
  }
  if (!cooledDown(state, nowMs)) return { state: next, command, driftSec };
  return { state: sought(next, nowMs, false), command: { ...command, seekToSec: targetSec }, driftSec };
}

/** The room plays: start, jump or nudge towards the timeline. */
function hold(before: ServoState, input: ServoInput, targetSec: number, driftSec: number): ServoStep {
  const { target, player, can, nowMs } = input;
  const settled = !player.paused && player.ready && nowMs >= before.settleUntilMs;
  const state = settled ? learned(before, driftSec, nowMs) : before;
  const beyondSec = can.rate ? SEEK_BEYOND_SEC : SEEK_ONLY_BEYOND_SEC;
  const far = Math.abs(driftSec) > Math.max(beyondSec, can.seekToleranceSec);
  // To play where the film has ended would begin it anew: such a player waits for the room, or jumps first.
  const atEnd = player.durationSec !== null && targetSec >= player.durationSec - 0.05;
  const early = Math.abs(driftSec) < ENDED_EARLY_SEC;
  if (player.ended ? early : atEnd && player.paused && !far) return { state, command: {}, driftSec };
  const command: ServoCommand = player.paused && !atEnd && !player.ended ? { play: true } : {};
  // Until the next jump is due, the rate closes what it can.
  if (far && settled && !cooledDown(state, nowMs)) {
    return { ...nudge(state, input, driftSec), state };
  }
  if (player.paused || far) {
    if (player.rate !== target.rate && can.rate) command.rate = target.rate;
    if (!far || !cooledDown(state, nowMs)) {
      // A player that does not start loses time for another reason than its last jump.
      const waiting = player.paused ? { settleUntilMs: nowMs + SETTLE_MS, landingDue: false } : {};
      return { state: { ...state, ...waiting }, command, driftSec };
    }
    const seekToSec = clampToEnd(targetSec + state.seekLeadSec * target.rate, player.durationSec);
    return { state: sought(state, nowMs, true), command: { ...command, seekToSec }, driftSec };
  }
  return settled ? nudge(state, input, driftSec) : { state, command, driftSec };
}

function nudge(state: ServoState, { target, player, can }: ServoInput, driftSec: number): ServoStep {
  const off = Math.abs(driftSec);
  const nudging = can.rate && off > (state.nudging ? NUDGE_UNTIL_SEC : NUDGE_FROM_SEC);
  const cap = CAPS.find(({ beyondSec }) => off > beyondSec)?.cap ?? 0;
  const trim = nudging ? Math.max(-cap, Math.min(cap, -driftSec * NUDGE_GAIN_PER_SEC)) : 0;
  const rate = target.rate * (1 + Math.round(trim / RATE_STEP) * RATE_STEP);
  const command = can.rate && Math.abs(rate - player.rate) >= RATE_STEP / 2 ? { rate } : {};
  // A player that cannot run at the room's speed leaves the timeline again at once.
  const keepsUp = can.rate || player.rate === target.rate;
  const seeksInARow = keepsUp ? 0 : state.seeksInARow;
  return { state: { ...state, nudging, seeksInARow }, command, driftSec };
}

/**
 * After a jump has settled, what it missed by corrects the lead of the next: also when it missed by so much that there
 * will be a next, or a player that takes long to seek would never arrive.
 */
function learned(state: ServoState, driftSec: number, nowMs: number): ServoState {
  if (!state.landingDue) return state;
  const tookMs = nowMs - (state.lastSeekAtMs ?? nowMs);
  if (tookMs > LEAD_MAX_SEC * 1000 + SETTLE_MS) return { ...state, landingDue: false };
  const seekLeadSec = Math.max(0, Math.min(LEAD_MAX_SEC, state.seekLeadSec - driftSec * 0.7));
  return { ...state, seekLeadSec, landingDue: false };
}

function sought(state: ServoState, nowMs: number, landingDue: boolean): ServoState {
  const seeksInARow = state.seeksInARow + 1;
  return {
    lastSeekAtMs: nowMs,
    settleUntilMs: nowMs + SETTLE_MS,
    seeksInARow,
    landingDue,
    nudging: false,
    seekLeadSec: state.seekLeadSec,
  };
}

/** Each seek that did not help doubles the wait before the next, so a slow source is never sought to death. */
function cooledDown({ lastSeekAtMs, seeksInARow }: ServoState, nowMs: number): boolean {
  if (lastSeekAtMs === null || seeksInARow === 0) return true;
  const waitMs = Math.min(SEEK_COOLDOWN_MAX_MS, SEEK_COOLDOWN_MS * 2 ** (seeksInARow - 1));
  return nowMs - lastSeekAtMs >= waitMs;
}

function clampToEnd(positionSec: number, durationSec: number | null): number {
  return durationSec === null ? positionSec : Math.min(positionSec, Math.max(0, durationSec - 0.05));
}
