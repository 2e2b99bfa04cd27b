import type { Signal } from './signal.ts';

/** The negotiation state of one peer connection when a signal for it arrives. */
export interface NegotiationState {
  /** Id of this side's connection. */
  id: string;
  /** Id of the other side's connection; `null` until known. */
  remoteId: string | null;
  /** This side's offer has no answer yet. */
  offering: boolean;
  /** The other side requested that offer. */
  asked: boolean;
  /** Ids of the other side's closed connections. */
  closedIds: ReadonlySet<string>;
}

/**
 * `reset`: the other side has a new connection, so this side makes one too and answers. `resend_offer`: send this
 * side's offer again.
 */
export type Verdict = 'apply' | 'reset' | 'resend_offer' | 'drop';

/** The polite side of two simultaneous offers gives way ("perfect negotiation", WebRTC 1.0 §10.7). */
export const isPolite = (myUserId: string, peerUserId: string): boolean => myUserId > peerUserId;

/** Decides on a signal so that two sides end with one connection, after simultaneous offers as after a reload. */
export function resolveSignal(state: NegotiationState | null, polite: boolean, signal: Signal): Verdict {
  if (!state) return signal.kind === 'offer' && signal.to === undefined ? 'reset' : 'drop';
  const { id, remoteId, offering, asked, closedIds } = state;
  const { from, to } = signal;
  if (to !== undefined && to !== id) return 'drop';
  if (from !== undefined && closedIds.has(from)) return 'drop';
  if (signal.kind === 'ice') return remoteId !== null && (from ?? remoteId) === remoteId ? 'apply' : 'drop';
  if (signal.kind === 'answer') return offering && (remoteId ?? from) === from ? 'apply' : 'drop';
  if (from === remoteId) return offering && !polite ? 'drop' : 'apply';
  // A first offer that meets our own first offer; every other is from a peer that was reloaded.
  if (remoteId !== null || !offering) return 'reset';
  const theirsAsked = signal.asked ?? false;
  if (asked === theirsAsked) return polite ? 'reset' : 'drop';
  // A requested offer is ahead of its requester's own new one, but may have been lost on the way to that page.
  return asked ? 'resend_offer' : 'reset';
}
