import type { Act } from '../protocol/index.ts';
import { canGetReady, type Timeline } from '../sync/index.ts';
import type { Member, Session } from './session.ts';
import type { StepContext } from './step-context.ts';

/**
 * The timeline of an own intent as the server will make it. A start that the room makes together is held from the first
 * moment, so that this user's player does not run ahead for a round trip.
 */
export function predictHold(session: Session, applied: Timeline, act: Act | undefined): Timeline {
  const { connection, room, playback } = session;
  const { timeline } = playback;
  const isOnline = connection.phase === 'online';
  const together = isOnline && connection.serverCaps.includes('hold') && room.peers.some(mayGetReady);
  const waiting = timeline?.held && act !== 'play' && act !== 'rate';
  const starts = act === 'seek' || act === undefined || (act === 'play' && !timeline?.playing) || waiting;
  if (act === 'rate' && timeline?.held) return { ...applied, held: true };
  return applied.playing && together && starts ? { ...applied, held: true } : applied;
}

/** The player is ready where the held timeline of that `seq` starts. */
export function onPlayerReady(step: StepContext, seq: number): void {
  step.update('playback', { readyFor: seq });
  sendReady(step);
}

/** Tells the server so, once per connection. */
export function sendReady(step: StepContext): void {
  const { connection, playback } = step.session;
  const { timeline, readyFor, readySentFor } = playback;
  if (!step.isOnline || !connection.joinComplete || !step.serverHas('hold')) return;
  if (!timeline?.held || timeline.seq !== readyFor || readySentFor === readyFor) return;
  step.update('playback', { readySentFor: readyFor });
  step.request('watch/ready', { roomId: step.roomId, seq: readyFor });
}

/** A plain v1 peer reports nothing, and takes no part in the barrier. */
function mayGetReady({ report }: Member): boolean {
  return report.rttMs !== undefined && canGetReady(report.state);
}
