import type { ServerPayload } from '../protocol/index.ts';

/** What the page that holds the call is told beside who is in it. */
export type CallEvent =
  | ({ type: 'relay'; fromUserId: string } & Relayed)
  | ({ type: 'ice_servers' } & Omit<ServerPayload<'rtc/ice_servers'>, 'roomId'>)
  /** This user has left the party, and so its call. */
  | { type: 'ended' };

/** A signal between peers of a call. The server passes it on unread. */
export interface Relayed {
  kind: 'offer' | 'answer' | 'ice';
  data: unknown;
}

/** A signal to a peer of the call that the server has not passed on yet, or one that belongs to such a signal. */
export interface SentRelay {
  toUserId: string;
  relayed: Relayed;
  /** The id of the request that last carried it. */
  requestId: string;
  /** `held`: the server refused it for now, and it is sent again. */
  state: 'sent' | 'passed' | 'held';
}
