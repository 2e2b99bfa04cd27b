/** The rate that keeps or brings a playing film to its moment. */
export interface Trim {
  nudging: boolean;
  /** Since the last jump or start it has not arrived yet: faster is allowed. */
  arriving: boolean;
  /** How much the player's clock is slow against the server's, as a part of the rate: counted in while at rest. */
  drift: number;
  /** The part of the rate that the nudge under way was given, and when. */
  given: { trim: number; atMs: number } | null;
  /** When the last nudge ended. */
  restedAtMs: number | null;
}

export const TRIM_START: Trim = {
  nudging: false,
  arriving: true,
  drift: 0,
  given: null,
  restedAtMs: null,
};

/** Hysteresis: begin to nudge at the outer, stop at the inner; both at least what the playhead is known to. */
const NUDGE_FROM_SEC = 0.0008;
const NUDGE_UNTIL_SEC = 0.0002;
const FROM_UNCERTAINTIES = 3;
const UNTIL_UNCERTAINTIES = 1;
/** 0.5 % is 8.6 cents, below what an ear notices. */
const STEADY = { gainPerSec: 1, cap: 0.005, capFar: 0.03, farSec: 0.04 };
/** After a jump or start nobody listens for pitch: 8 % for about a second. */
const ARRIVING = { gainPerSec: 2.5, cap: 0.08 };
/** Where jumps land seconds off, only the rate can close the gap: with its pitch kept, a film may run a quarter faster. */
const COARSE = { fromSec: 0.25, cap: 0.25 };
/** A nudge keeps its rate so long: what the playhead seems to do meanwhile is mostly noise. */
const KEEP_MS = { arriving: 150, steady: 450 };
const ARRIVED_SEC = 0.004;
/** A nudge slower than this takes longer than the drift that it answers. */
const LEAST = 0.0003;
/** Crystals are within 100 ppm, and a part of what shows is the clock's own wobble. */
const DRIFT_MAX = 150e-6;
const DRIFT_LEARN = 0.4;
const DRIFT_AFTER_MS = 4000;
/** A few rates are enough, so that the site is told few of them. */
const NUDGE_STEP = 1e-3;
const NUDGE_FINE_STEP = 3e-4;
const DRIFT_STEP = 1e-5;

/** `trim` is the part by which to change the room's rate. @param coarse Whether jumps on this site land seconds off. */
export function trimFor(
  before: Trim,
  driftSec: number,
  uncertaintySec: number,
  nowMs: number,
  coarse = false,
): { state: Trim; trim: number } {
  const off = Math.abs(driftSec);
  const arriving = before.arriving && off > Math.max(ARRIVED_SEC, 2 * uncertaintySec);
  const from = Math.max(NUDGE_FROM_SEC, FROM_UNCERTAINTIES * uncertaintySec);
  const until = Math.max(NUDGE_UNTIL_SEC, UNTIL_UNCERTAINTIES * uncertaintySec);
  const nudging = off > (before.nudging ? until : from);
  const begins = nudging && !before.nudging;
  const state: Trim = {
    nudging,
    arriving,
    drift: begins && !before.arriving ? learnedDrift(before, driftSec, nowMs) : before.drift,
    given: null,
    restedAtMs: nudging ? null : (before.restedAtMs ?? nowMs),
  };
  if (!nudging) return { state, trim: rounded(state.drift, DRIFT_STEP) };
  const { given } = before;
  const keepMs = arriving ? KEEP_MS.arriving : KEEP_MS.steady;
  const stillRight = given !== null && nowMs - given.atMs < keepMs && given.trim * driftSec < 0;
  if (stillRight) return { state: { ...state, given }, trim: given.trim };
  const dash = coarse && off > COARSE.fromSec;
  const cap = dash ? COARSE.cap : arriving ? ARRIVING.cap : off > STEADY.farSec ? STEADY.capFar : STEADY.cap;
  const wanted = -driftSec * (arriving ? ARRIVING.gainPerSec : STEADY.gainPerSec);
  const size = Math.min(cap, Math.max(LEAST, Math.abs(wanted)));
  const stepped = rounded(size, size < 2 * NUDGE_STEP ? NUDGE_FINE_STEP : NUDGE_STEP);
  const full = Math.sign(wanted) * stepped + rounded(state.drift, DRIFT_STEP);
  const trim = Math.max(-cap, Math.min(cap, full));
  return { state: { ...state, given: { trim, atMs: nowMs } }, trim };
}

/** What a film at rest has moved off by, for as long as it took, is the drift of its clock. */
function learnedDrift({ drift, restedAtMs }: Trim, driftSec: number, nowMs: number): number {
  const restedMs = restedAtMs === null ? 0 : nowMs - restedAtMs;
  if (restedMs < DRIFT_AFTER_MS) return drift;
  const learned = drift - (DRIFT_LEARN * driftSec * 1000) / restedMs;
  return Math.max(-DRIFT_MAX, Math.min(DRIFT_MAX, learned));
}

function rounded(value: number, step: number): number {
  return Math.round(value / step) * step;
}
