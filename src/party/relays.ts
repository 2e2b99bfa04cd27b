import type { ClientPayload } from '../protocol/index.ts';
import type { Relayed, SentRelay } from './call-event.ts';
import type { StepContext } from './step-context.ts';

/** A description and its candidates are far fewer. */
const KEPT_PER_PEER = 64;
const RETRY_DEFAULT_MS = 1000;

/**
 * Sends a signal to a peer. Behind one that the server has refused for now it waits, since candidates mean nothing without
 * their description.
 */
export function sendRelay(step: StepContext, toUserId: string, relayed: Relayed): void {
  // The others do not reply before they have been told who is in the call.
  if (!step.session.connection.joinComplete) return;
  const { relays } = step.session.call;
  const theirs = relays.filter((relay) => relay.toUserId === toUserId);
  const isDescription = relayed.kind !== 'ice';
  const waits = !isDescription && theirs.some(({ state }) => state === 'held');
  const requestId = waits ? '' : send(step, toUserId, relayed);
  if (!isDescription && theirs.length >= KEPT_PER_PEER) return;
  // A new description restarts the negotiation, so the signals before it are of no use any more.
  const kept = isDescription ? relays.filter((relay) => relay.toUserId !== toUserId) : relays;
  const sent: SentRelay = { toUserId, relayed, requestId, state: waits ? 'held' : 'sent' };
  step.update('call', { relays: [...kept, sent] });
}

/** The server has passed a signal on. Those after an unpassed description are kept: they may have come to nothing. */
export function onRelayPassed(step: StepContext, requestId: string): void {
  const open = new Set<string>();
  const relays = step.session.call.relays
    .map((relay) => (relay.requestId === requestId ? { ...relay, state: 'passed' as const } : relay))
    .filter(({ state, toUserId }) => {
      if (state !== 'passed') open.add(toUserId);
      return open.has(toUserId);
    });
  step.update('call', { relays });
}

/** The server has refused a signal. If it says for how long, that signal and all after it to the same peer are sent again. */
export function onRelayRefused(step: StepContext, requestId: string, retryAfterMs: number | undefined): void {
  const refused = step.session.call.relays.find((relay) => relay.requestId === requestId);
  // A later description has replaced it.
  if (!refused) return;
  let reached = false;
  const relays = step.session.call.relays.flatMap((relay): SentRelay[] => {
    reached ||= relay === refused;
    if (!reached || relay.toUserId !== refused.toUserId) return [relay];
    return retryAfterMs === undefined ? [] : [{ ...relay, state: 'held' }];
  });
  step.update('call', { relays });
  if (retryAfterMs !== undefined) step.timer('relay', retryAfterMs || RETRY_DEFAULT_MS);
}

/** Sends the signals that were refused for now again, in their order. */
export function resendRelays(step: StepContext): void {
  const relays = step.session.call.relays.map((relay): SentRelay => {
    if (relay.state !== 'held') return relay;
    return { ...relay, requestId: send(step, relay.toUserId, relay.relayed), state: 'sent' };
  });
  step.update('call', { relays });
}

function send(step: StepContext, toUserId: string, { kind, data }: Relayed): string {
  const requestId = step.env.newId();
  const to = { roomId: step.roomId, toUserId };
  // The schema of each says what it may be; the server refuses the rest.
  if (kind === 'ice') {
    const payload = { ...to, candidate: data } as ClientPayload<'webrtc/ice'>;
    step.request('webrtc/ice', payload, { kind: 'relay' }, requestId);
  } else {
    const payload = { ...to, sdp: data } as ClientPayload<'webrtc/offer'>;
    step.request(`webrtc/${kind}`, payload, { kind: 'relay' }, requestId);
  }
  return requestId;
}
