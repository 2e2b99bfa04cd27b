/** The rate that brings a playing video to the timeline and keeps it there (NTP calls it slewing). */
export interface RateControl {
  correcting: boolean;
  /** The player has not reached the timeline since its last seek or start: larger corrections are allowed. */
  catchingUp: boolean;
  /** How slow the player's clock is against the server's, as a part of the rate. Added to each correction. */
  drift: number;
  /** The correction in use, as a part of the rate, and when it was chosen. */
  applied: { correction: number; atMs: number } | null;
  /** When the last correction ended. */
  steadySinceMs: number | null;
}

export const RATE_CONTROL_START: RateControl = {
  correcting: false,
  catchingUp: true,
  drift: 0,
  applied: null,
  steadySinceMs: null,
};

/** Hysteresis: a correction starts beyond the outer limit and ends within the inner one. The playhead's error widens both. */
const CORRECT_FROM_SEC = 0.0008;
const CORRECT_UNTIL_SEC = 0.0002;
const FROM_UNCERTAINTIES = 3;
const UNTIL_UNCERTAINTIES = 1;
/** 0.5 % is 8.6 cents, less than an ear notices. */
const STEADY = { gainPerSec: 1, cap: 0.005, capFar: 0.03, farSec: 0.04 };
/** Nobody notices pitch right after a seek or start: 8 % for about a second. */
const CATCHING_UP = { gainPerSec: 2.5, cap: 0.08 };
/** Where seeks miss by seconds, only the rate can close the gap: with its pitch kept, a video may run a quarter faster. */
const COARSE = { fromSec: 0.25, cap: 0.25 };
/** A correction keeps its rate this long: changes of the playhead meanwhile are mostly noise. */
const KEEP_MS = { catchingUp: 150, steady: 450 };
const CAUGHT_UP_SEC = 0.004;
/** A smaller correction takes longer than the drift it answers. */
const MIN_CORRECTION = 0.0003;
/** Crystals are within 100 ppm, and a part of what shows is the wobble of the clock estimate. */
const DRIFT_MAX = 150e-6;
const DRIFT_LEARN = 0.4;
const DRIFT_AFTER_MS = 4000;
/** Coarse steps, so that the site sees few different rates. */
const RATE_STEP = 1e-3;
const RATE_FINE_STEP = 3e-4;
const DRIFT_STEP = 1e-5;

/**
 * `correction` is the part by which to change the room's rate.
 *
 * @param coarse Whether seeks on this site miss by seconds.
 */
export function controlRate(
  before: RateControl,
  driftSec: number,
  uncertaintySec: number,
  nowMs: number,
  coarse = false,
): { state: RateControl; correction: number } {
  const off = Math.abs(driftSec);
  const catchingUp = before.catchingUp && off > Math.max(CAUGHT_UP_SEC, 2 * uncertaintySec);
  const from = Math.max(CORRECT_FROM_SEC, FROM_UNCERTAINTIES * uncertaintySec);
  const until = Math.max(CORRECT_UNTIL_SEC, UNTIL_UNCERTAINTIES * uncertaintySec);
  const correcting = off > (before.correcting ? until : from);
  const begins = correcting && !before.correcting;
  const state: RateControl = {
    correcting,
    catchingUp,
    drift: begins && !before.catchingUp ? learnedDrift(before, driftSec, nowMs) : before.drift,
    applied: null,
    steadySinceMs: correcting ? null : (before.steadySinceMs ?? nowMs),
  };
  if (!correcting) return { state, correction: rounded(state.drift, DRIFT_STEP) };
  const { applied } = before;
  const keepMs = catchingUp ? KEEP_MS.catchingUp : KEEP_MS.steady;
  const stillRight = applied !== null && nowMs - applied.atMs < keepMs && applied.correction * driftSec < 0;
  if (stillRight) return { state: { ...state, applied }, correction: applied.correction };
  const correction = newCorrection(state, driftSec, coarse);
  return { state: { ...state, applied: { correction, atMs: nowMs } }, correction };
}

function newCorrection({ catchingUp, drift }: RateControl, driftSec: number, coarse: boolean): number {
  const off = Math.abs(driftSec);
  const steadyCap = off > STEADY.farSec ? STEADY.capFar : STEADY.cap;
  const fineCap = catchingUp ? CATCHING_UP.cap : steadyCap;
  const cap = coarse && off > COARSE.fromSec ? COARSE.cap : fineCap;
  const wanted = -driftSec * (catchingUp ? CATCHING_UP.gainPerSec : STEADY.gainPerSec);
  const size = Math.min(cap, Math.max(MIN_CORRECTION, Math.abs(wanted)));
  const stepped = rounded(size, size < 2 * RATE_STEP ? RATE_FINE_STEP : RATE_STEP);
  const full = Math.sign(wanted) * stepped + rounded(drift, DRIFT_STEP);
  return Math.max(-cap, Math.min(cap, full));
}

/** The drift of a player's clock is what an uncorrected video moved off by, divided by the time it took. */
function learnedDrift({ drift, steadySinceMs }: RateControl, driftSec: number, nowMs: number): number {
  const steadyMs = steadySinceMs === null ? 0 : nowMs - steadySinceMs;
  if (steadyMs < DRIFT_AFTER_MS) return drift;
  const learned = drift - (DRIFT_LEARN * driftSec * 1000) / steadyMs;
  return Math.max(-DRIFT_MAX, Math.min(DRIFT_MAX, learned));
}

function rounded(value: number, step: number): number {
  return Math.round(value / step) * step;
}
