import type { ServerPayload } from '../protocol/index.ts';

/** What the page that holds the call is told besides who is in it. */
export type CallNews =
  | ({ type: 'relay'; fromUserId: string } & Relayed)
  | ({ type: 'ice_servers' } & Omit<ServerPayload<'rtc/ice_servers'>, 'roomId'>);

/** What peers of a call say to each other by way of the server, which reads none of it. */
export interface Relayed {
  kind: 'offer' | 'answer' | 'ice';
  data: unknown;
}
