import type { ServerPayload } from '../protocol/index.ts';
import { NO_CLOCK, withExchange, withServerStamp } from '../sync/index.ts';
import type { StepContext } from './step-context.ts';

/**
 * How long until the next exchange, by the age of the first. The first exchanges come fast, since the video and the other
 * members wait for them. A drift of a few ppm shows after a minute. From then on exchanges only keep what is known, within
 * the half message per second and member that a steady party may cost (docs/protocol.md, MS).
 */
export const PACE: readonly { untilMs: number; everyMs: number }[] = [
  { untilMs: 2000, everyMs: 100 },
  { untilMs: 60_000, everyMs: 500 },
];
const STEADY_PART = 1 / 15;
/** It also keeps Chromium's service worker alive, whose socket must not be silent for 30 s. */
export const STEADY_MAX_MS = 7000;
/** A server that does not reply for so long is gone, whatever TCP believes. */
const PONG_WITHIN_MS = 5000;
const KEEP_PINGS = 32;
/** Beyond this, wall and monotonic clock did not merely drift: one was set, or stood still while the machine slept. */
const SLEPT_MS = 250;
const SLEWED_MS = 50;
/** Each of two exchanges leaves an offset open by its round trip; one that met a queue leaves more. */
const PROVABLE_RTTS = 4;

export function startClock(step: StepContext): void {
  if (!step.serverHas('clock')) return;
  step.update('clock', { startedAtMs: step.env.nowMs });
  sendPing(step);
}

/** Sends a ping and sets the timer of the next. */
export function sendPing(step: StepContext): void {
  const { nextPingId: id, pings, startedAtMs } = step.session.clock;
  const t1Ms = step.env.nowMs;
  step.update('clock', { nextPingId: id + 1, pings: [...pings, { id, t1Ms }].slice(-KEEP_PINGS) });
  step.send('clock/ping', { id, t1Ms });
  step.timer('ping', nextPingInMs(t1Ms - startedAtMs));
  if (pings.length === 0) step.timer('pong_timeout', PONG_WITHIN_MS);
}

export function onPong(step: StepContext, { id, t2Ms, t3Ms }: ServerPayload<'clock/pong'>): void {
  const { pings, twoWay } = step.session.clock;
  const sent = pings.find((each) => each.id === id);
  if (!sent) return;
  const waiting = pings.filter((each) => each.id > id);
  const exchange = { t1Ms: sent.t1Ms, t2Ms, t3Ms, t4Ms: step.env.nowMs };
  step.update('clock', { pings: waiting, twoWay: withExchange(twoWay, exchange) });
  step.timer('pong_timeout', waiting.length === 0 ? null : PONG_WITHIN_MS);
}

/** A plain v1 server stamps what it sends, which is all there is of its clock. */
export function onServerStamp(step: StepContext, serverMs: number): void {
  const { oneWay } = step.session.clock;
  step.update('clock', { oneWay: withServerStamp(oneWay, serverMs, step.env.nowMs) });
}

/**
 * True if the wall clock was set, or the machine slept, just now. A monotonic clock may stand still while a machine sleeps
 * (HR-Time §4.1 leaves it open). Then all that was known of the server's clock is wrong by that much. One exchange proves
 * it, if it is more than two exchanges can leave open; if it is less, the clock is forgotten at once. If only the wall clock
 * moved, nothing is wrong, and nothing is lost by asking.
 */
export function checkWallClock(step: StepContext): boolean {
  const { env, session } = step;
  const { twoWay, wallLeadMs } = session.clock;
  const leadMs = env.wallMs - env.nowMs;
  const movedMs = wallLeadMs === null ? Infinity : Math.abs(leadMs - wallLeadMs);
  // A wall clock that is slewed moves little by little, which adds up to no sleep.
  if (movedMs > SLEWED_MS) step.update('clock', { wallLeadMs: leadMs });
  if (movedMs === Infinity || movedMs < SLEPT_MS) return false;
  if (twoWay.known !== null) {
    const provable = movedMs > PROVABLE_RTTS * twoWay.known.rttMs;
    step.update('clock', { pings: [], ...(!provable && { twoWay: NO_CLOCK }) });
    startClock(step);
  }
  return true;
}

function nextPingInMs(elapsedMs: number): number {
  const begin = PACE.find(({ untilMs }) => elapsedMs < untilMs);
  return begin?.everyMs ?? Math.min(STEADY_MAX_MS, elapsedMs * STEADY_PART);
}
