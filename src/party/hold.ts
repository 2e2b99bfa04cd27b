import type { Act } from '../protocol/index.ts';
import { canGetReady, type Timeline } from '../sync/index.ts';
import type { Session } from './session.ts';
import type { Turn } from './turn.ts';

/**
 * The timeline of an own act as the server will make it: a start that the room makes together is held from the first
 * moment, so that this person's player does not run ahead for a round trip.
 */
export function heldIfGated(session: Session, acted: Timeline, act: Act | undefined): Timeline {
  const { serverCaps, peers, phase, timeline } = session;
  const together = phase === 'online' && serverCaps.includes('hold') && peers.some(mayBeAble);
  const waiting = timeline?.held && act !== 'play' && act !== 'rate';
  const starts = act === 'seek' || act === undefined || (act === 'play' && !timeline?.playing) || waiting;
  if (act === 'rate' && timeline?.held) return { ...acted, held: true };
  return acted.playing && together && starts ? { ...acted, held: true } : acted;
}

/** The player stands where the held timeline of that `seq` begins. */
export function prepared(turn: Turn, seq: number): void {
  turn.update({ readyFor: seq });
  tellReady(turn);
}

/** Tells the server so, once; again after a rejoin. */
export function tellReady(turn: Turn): void {
  const { phase, settled, serverCaps, timeline, readyFor, toldReadyFor, roomId } = turn.session;
  if (phase !== 'online' || !settled || !serverCaps.includes('hold')) return;
  if (!timeline?.held || timeline.seq !== readyFor || toldReadyFor === readyFor) return;
  turn.update({ toldReadyFor: readyFor });
  turn.request('watch/ready', { roomId, seq: readyFor });
}

/** A plain v1 peer reports nothing, and takes no part in it. */
function mayBeAble({ report }: Session['peers'][number]): boolean {
  return report.rttMs !== undefined && canGetReady(report.state);
}
