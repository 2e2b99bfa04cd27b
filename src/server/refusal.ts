import type { ErrorCode, RefusalReason } from '../protocol/index.ts';

interface Why {
  /** After so long the same message may be sent again. */
  retryAfterMs?: number;
  reason?: RefusalReason;
}

/** Thrown by a handler to answer `error`; anything else thrown is a defect and answered `internal`. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly why: Why;

  constructor(code: ErrorCode, message: string, why: Why = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.why = why;
  }
}
