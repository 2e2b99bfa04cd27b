import { LIMITS, type Act } from '../protocol/index.ts';
import { positionAt, type Timeline } from '../sync/index.ts';
import type { PlayerReading } from './adapter.ts';

/** A player further off than this does not show what its person acts on. */
const HELD_BACK_SEC = 1;
/** How far our own correction may have taken the speed from the room's, as a share of it. */
const CORRECTION = 0.04;

export interface Before {
  timeline: Timeline | null;
  /** This person's own shift of the film, s. */
  offsetSec: number;
  /** The speed the extension set last, `null` for none. */
  ownRate: number | null;
  /** The speed of the timeline that was followed last. */
  roomRate: number;
}

/** What a person meant by an act, as far as the player shows it, at a time on the server's clock. */
export function meant(
  reading: PlayerReading,
  act: Act | undefined,
  before: Before,
  serverMs: number,
): { playing: boolean; positionSec: number; rate: number; atServerMs: number } {
  return {
    ...motion(reading, act, before, serverMs),
    // A film may run at a speed that nobody can be told (HTML sets no bounds); the nearest one can.
    rate: Math.min(LIMITS.rateMax, Math.max(LIMITS.rateMin, rate(reading.rate, act, before))),
    atServerMs: serverMs,
  };
}

/** A player that an ad or the browser holds back must not hold back the room when its person touches something else. */
function motion(
  reading: PlayerReading,
  act: Act | undefined,
  { timeline, offsetSec }: Before,
  serverMs: number,
): { playing: boolean; positionSec: number } {
  const playing = !reading.paused && !reading.ended;
  const positionSec = Math.max(0, reading.positionSec - offsetSec);
  if (!timeline || act === undefined) return { playing, positionSec };
  if (act === 'play' && reading.resumesAtSec !== undefined)
    return { playing, positionSec: Math.max(0, reading.resumesAtSec - offsetSec) };
  if (act === 'seek') return { playing: timeline.playing, positionSec };
  const roomSec = positionAt(timeline, serverMs);
  const near = Math.abs(positionSec - roomSec) < HELD_BACK_SEC;
  return { playing: act === 'rate' ? timeline.playing : playing, positionSec: near ? positionSec : roomSec };
}

/**
 * A rate within our own correction is the room's rate as far as the person is concerned; and so is any rate, when they
 * touched something else: their site may have no other.
 */
function rate(shown: number, act: Act | undefined, { timeline, ownRate, roomRate }: Before): number {
  if (act === 'rate') return shown;
  // What is left of a correction in the film before is nobody's wish for this one.
  if (!timeline) return shown === ownRate ? roomRate : shown;
  const untouched = act !== undefined || shown === ownRate;
  return untouched || Math.abs(shown / timeline.rate - 1) < CORRECTION ? timeline.rate : shown;
}
