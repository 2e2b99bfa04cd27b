import type { Signal } from './signal.ts';

/** What is known of one peer connection while a signal for it is judged. */
export interface NegotiationState {
  /** Of this side's connection. */
  id: string;
  /** Of the other side's, once it is known. */
  remoteId: string | null;
  /** An offer of this side has no answer yet. */
  offering: boolean;
  /** That offer was asked for by the other side. */
  asked: boolean;
  /** Former connections of the other side. */
  closedIds: ReadonlySet<string>;
}

/** `reset`: the other side began from nothing, so this side does too, and answers. `resend_offer`: say this side's own offer once more. */
export type Verdict = 'apply' | 'reset' | 'resend_offer' | 'drop';

/** Of two that offer at once the polite one gives way ("perfect negotiation", WebRTC 1.0 §10.7). */
export const isPolite = (myUserId: string, peerUserId: string): boolean => myUserId > peerUserId;

/** What to do with a signal, so that two sides that speak at once, and one that was loaded anew, end with one connection. */
export function resolveSignal(state: NegotiationState | null, polite: boolean, signal: Signal): Verdict {
  if (!state) return signal.kind === 'offer' && signal.to === undefined ? 'reset' : 'drop';
  const { id, remoteId, offering, asked, closedIds } = state;
  const { from, to } = signal;
  if (to !== undefined && to !== id) return 'drop';
  if (from !== undefined && closedIds.has(from)) return 'drop';
  if (signal.kind === 'ice') return remoteId !== null && (from ?? remoteId) === remoteId ? 'apply' : 'drop';
  if (signal.kind === 'answer') return offering && (remoteId ?? from) === from ? 'apply' : 'drop';
  if (from === remoteId) return offering && !polite ? 'drop' : 'apply';
  // A first offer that meets our own first offer; any other is of a peer that was loaded anew.
  if (remoteId !== null || !offering) return 'reset';
  const theirsAsked = signal.asked ?? false;
  if (asked === theirsAsked) return polite ? 'reset' : 'drop';
  // What was asked for is further on than what its asker has just begun, but may have been lost on the way to that one's page.
  return asked ? 'resend_offer' : 'reset';
}
