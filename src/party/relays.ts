import type { ClientPayload } from '../protocol/index.ts';
import type { Relayed, SentRelay } from './call-news.ts';
import type { Turn } from './turn.ts';

/** A description and the candidates to it are far fewer. */
const KEPT_OF_EACH = 64;
const RETRY_DEFAULT_MS = 1000;

/** Sends a word to a peer; behind one that the server has refused for now it waits, since candidates are nothing without their description. */
export function relaySent(turn: Turn, toUserId: string, relayed: Relayed): void {
  // Before the others have been told who is in the call, they would not answer.
  if (!turn.session.settled) return;
  const { relays } = turn.session;
  const theirs = relays.filter((relay) => relay.toUserId === toUserId);
  const isDescription = relayed.kind !== 'ice';
  const waits = !isDescription && theirs.some(({ state }) => state === 'held');
  const requestId = waits ? '' : send(turn, toUserId, relayed);
  if (!isDescription && theirs.length >= KEPT_OF_EACH) return;
  // Another description says all anew; whatever was said before it is of no use any more.
  const kept = isDescription ? relays.filter((relay) => relay.toUserId !== toUserId) : relays;
  turn.update({ relays: [...kept, { toUserId, relayed, requestId, state: waits ? 'held' : 'sent' }] });
}

/** The server has passed it on. What followed a description that has not passed yet is kept: it may have come to nothing. */
export function relayPassed(turn: Turn, requestId: string): void {
  const open = new Set<string>();
  const relays = turn.session.relays
    .map((relay) => (relay.requestId === requestId ? { ...relay, state: 'passed' as const } : relay))
    .filter(({ state, toUserId }) => {
      if (state !== 'passed') open.add(toUserId);
      return open.has(toUserId);
    });
  turn.update({ relays });
}

/** The server has refused it; for now if it says how long, and then all that followed it goes out once more as well. */
export function relayRefused(turn: Turn, requestId: string, retryAfterMs: number | undefined): void {
  const refused = turn.session.relays.find((relay) => relay.requestId === requestId);
  // One that another has taken the place of.
  if (!refused) return;
  let reached = false;
  const relays = turn.session.relays.flatMap((relay): SentRelay[] => {
    reached ||= relay === refused;
    if (!reached || relay.toUserId !== refused.toUserId) return [relay];
    return retryAfterMs === undefined ? [] : [{ ...relay, state: 'held' }];
  });
  turn.update({ relays });
  if (retryAfterMs !== undefined) turn.timer('relay', retryAfterMs || RETRY_DEFAULT_MS);
}

/** Whatever was refused for now is sent again, in its order. */
export function relayAgain(turn: Turn): void {
  const relays = turn.session.relays.map((relay): SentRelay => {
    if (relay.state !== 'held') return relay;
    return { ...relay, requestId: send(turn, relay.toUserId, relay.relayed), state: 'sent' };
  });
  turn.update({ relays });
}

function send(turn: Turn, toUserId: string, { kind, data }: Relayed): string {
  const requestId = turn.env.newId();
  const to = { roomId: turn.session.roomId, toUserId };
  // The schema of each says what it may be; the server is the one to refuse the rest.
  if (kind === 'ice') {
    const payload = { ...to, candidate: data } as ClientPayload<'webrtc/ice'>;
    turn.request('webrtc/ice', payload, { kind: 'relay' }, requestId);
  } else {
    const payload = { ...to, sdp: data } as ClientPayload<'webrtc/offer'>;
    turn.request(`webrtc/${kind}`, payload, { kind: 'relay' }, requestId);
  }
  return requestId;
}
