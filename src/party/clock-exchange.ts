import type { ServerPayload } from '../protocol/index.ts';
import { sampleOf, withSample } from '../sync/index.ts';
import type { Turn } from './turn.ts';

const BURST = 8;
const BURST_EVERY_MS = 100;
/** Also what keeps Chromium's service worker alive: its socket must not be silent for 30 s. */
const PING_EVERY_MS = 10_000;
/** A server that does not answer for so long is gone, whatever TCP believes. */
const PONG_WITHIN_MS = 5000;
const KEEP_PINGS = 16;

export function startClock(turn: Turn): void {
  if (!turn.session.serverCaps.includes('clock')) return;
  turn.update({ burstLeft: BURST });
  ping(turn);
}

/** Sends one and sets the timer of the next. */
export function ping(turn: Turn): void {
  const { nextPingId: id, pings, burstLeft } = turn.session;
  const t1Ms = turn.env.nowMs;
  turn.update({
    nextPingId: id + 1,
    pings: [...pings, { id, t1Ms }].slice(-KEEP_PINGS),
    burstLeft: Math.max(0, burstLeft - 1),
  });
  turn.send('clock/ping', { id, t1Ms });
  turn.timer('ping', burstLeft > 1 ? BURST_EVERY_MS : PING_EVERY_MS);
  turn.timer('pong_timeout', PONG_WITHIN_MS);
}

export function pong(turn: Turn, { id, t2Ms, t3Ms }: ServerPayload<'clock/pong'>): void {
  const sent = turn.session.pings.find((each) => each.id === id);
  if (!sent) return;
  const sample = sampleOf({ t1Ms: sent.t1Ms, t2Ms, t3Ms, t4Ms: turn.env.nowMs });
  turn.update({
    pings: turn.session.pings.filter((each) => each.id > id),
    clock: withSample(turn.session.clock, sample),
  });
  turn.timer('pong_timeout', null);
}
