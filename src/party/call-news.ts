import type { ServerPayload } from '../protocol/index.ts';

/** What the page that holds the call is told besides who is in it. */
export type CallNews =
  | ({ type: 'relay'; fromUserId: string } & Relayed)
  | ({ type: 'ice_servers' } & Omit<ServerPayload<'rtc/ice_servers'>, 'roomId'>)
  /** This person is out of the party, and so of its call. */
  | { type: 'ended' };

/** What peers of a call say to each other by way of the server, which reads none of it. */
export interface Relayed {
  kind: 'offer' | 'answer' | 'ice';
  data: unknown;
}

/** A word to a peer of the call that the server has not passed on yet, or one that belongs to such a word. */
export interface SentRelay {
  toUserId: string;
  relayed: Relayed;
  /** What it was sent under last. */
  requestId: string;
  /** `held`: it came too fast for the server, and is sent again. */
  state: 'sent' | 'passed' | 'held';
}
