import type { ServerPayload } from '../protocol/index.ts';
import { NO_CLOCK, withExchange, withServerStamp } from '../sync/index.ts';
import type { Turn } from './turn.ts';

/**
 * How long until the next exchange, by the age of the first. Film and friends are waiting for the first ones; a drift of
 * a few ppm shows after a minute; from then on exchanges only have to keep what is known, within the half message per
 * second and member that a steady party may cost (docs/protocol.md, MS).
 */
export const PACE: readonly { untilMs: number; everyMs: number }[] = [
  { untilMs: 2000, everyMs: 100 },
  { untilMs: 60_000, everyMs: 500 },
];
const STEADY_PART = 1 / 15;
/** Also what keeps Chromium's service worker alive: its socket must not be silent for 30 s. */
export const STEADY_MAX_MS = 7000;
/** A server that does not answer for so long is gone, whatever TCP believes. */
const PONG_WITHIN_MS = 5000;
const KEEP_PINGS = 32;
/** Beyond this, wall and monotonic clock did not merely drift: one was set, or stood still while the machine slept. */
const SLEPT_MS = 250;
const SLEWED_MS = 50;
/** Each of two exchanges leaves an offset open by its round trip; one that met a queue leaves more. */
const PROVABLE_RTTS = 4;

export function startClock(turn: Turn): void {
  if (!turn.session.serverCaps.includes('clock')) return;
  turn.update({ clockSinceMs: turn.env.nowMs });
  ping(turn);
}

/** Sends one and sets the timer of the next. */
export function ping(turn: Turn): void {
  const { nextPingId: id, pings, clockSinceMs } = turn.session;
  const t1Ms = turn.env.nowMs;
  turn.update({ nextPingId: id + 1, pings: [...pings, { id, t1Ms }].slice(-KEEP_PINGS) });
  turn.send('clock/ping', { id, t1Ms });
  turn.timer('ping', nextPingInMs(t1Ms - clockSinceMs));
  if (pings.length === 0) turn.timer('pong_timeout', PONG_WITHIN_MS);
}

export function pong(turn: Turn, { id, t2Ms, t3Ms }: ServerPayload<'clock/pong'>): void {
  const { pings, clock } = turn.session;
  const sent = pings.find((each) => each.id === id);
  if (!sent) return;
  const waiting = pings.filter((each) => each.id > id);
  const exchange = { t1Ms: sent.t1Ms, t2Ms, t3Ms, t4Ms: turn.env.nowMs };
  turn.update({ pings: waiting, clock: withExchange(clock, exchange) });
  turn.timer('pong_timeout', waiting.length === 0 ? null : PONG_WITHIN_MS);
}

/** A server that knows only v1 stamps what it sends, and that is all there is of its clock. */
export function stamped(turn: Turn, serverMs: number): void {
  turn.update({ oneWayClock: withServerStamp(turn.session.oneWayClock, serverMs, turn.env.nowMs) });
}

/**
 * Whether the wall clock seems to have been set, or the machine to have slept, just now. A monotonic clock may stand
 * still meanwhile (HR-Time §4.1 leaves it open), and then all that was known of the server's is wrong by that much: one
 * exchange proves it, if it is more than two exchanges can leave open. Less is not waited for but forgotten. When only the
 * wall clock moved, nothing is wrong, and nothing is lost by asking.
 */
export function noteWallClock(turn: Turn): boolean {
  const { env, session } = turn;
  const leadMs = env.wallMs - env.nowMs;
  const movedMs = session.wallLeadMs === null ? Infinity : Math.abs(leadMs - session.wallLeadMs);
  // A wall clock that is slewed moves little by little, which adds up to no sleep.
  if (movedMs > SLEWED_MS) turn.update({ wallLeadMs: leadMs });
  if (movedMs === Infinity || movedMs < SLEPT_MS) return false;
  const { known } = session.clock;
  if (known !== null) {
    const provable = movedMs > PROVABLE_RTTS * known.rttMs;
    turn.update({ pings: [], ...(!provable && { clock: NO_CLOCK }) });
    startClock(turn);
  }
  return true;
}

function nextPingInMs(elapsedMs: number): number {
  const begin = PACE.find(({ untilMs }) => elapsedMs < untilMs);
  return begin?.everyMs ?? Math.min(STEADY_MAX_MS, elapsedMs * STEADY_PART);
}
