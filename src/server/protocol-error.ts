import type { ErrorCode, RefusalReason } from '../protocol/index.ts';

interface ErrorDetails {
  /** Time after which the same message may be sent again. */
  retryAfterMs?: number;
  reason?: RefusalReason;
}

/** Thrown by a handler to answer `error`; anything else thrown is a defect and answered `internal`. */
export class ProtocolError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, why: ErrorDetails = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.details = why;
  }
}
