import { z } from 'zod';

/** The six codes of v1; there are no others. */
export const errorCode = z.enum([
  'bad_request',
  'unauthorized',
  'not_in_room',
  'room_not_found',
  'peer_not_found',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCode>;

/** WebSocket close codes a StreamSync server uses on purpose. A client treats any other as a lost connection. */
export const CLOSE = {
  /** The server is stopping; come back (RFC 6455 §7.4.1). */
  goingAway: 1001,
  /** Flooding (RFC 6455 §7.4.1). */
  policyViolation: 1008,
  /** A frame over {@link LIMITS.frameBytes}; sent by the WebSocket library (RFC 6455 §7.4.1). */
  tooBig: 1009,
  /** A defect of the server, met on this connection; come back (RFC 6455 §7.4.1). */
  internalError: 1011,
  /** The server is full; come back later (IANA registry). */
  tryAgainLater: 1013,
  /** The same member joined from another connection. */
  replaced: 4001,
} as const;
