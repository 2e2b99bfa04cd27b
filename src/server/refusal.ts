import type { ErrorCode } from '../protocol/index.ts';

/** Thrown by a handler to answer `error`; anything else thrown is a defect and answered `internal`. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
