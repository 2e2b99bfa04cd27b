import { CLOSE } from '../../src/protocol/index.ts';
import type { Due } from './piece.ts';

/** What a server closes a connection with on purpose, always with a reason. */
const WITH_REASON: readonly number[] = Object.values(CLOSE).filter((code) => code !== CLOSE.tooBig);
/** What a WebSocket library says of a frame it cannot take (RFC 6455 §7.4.1); 1008 of too many fragments. */
const OF_LIBRARY: readonly number[] = [1002, 1007, CLOSE.tooBig, CLOSE.policyViolation];

const JUST_OPENED_MS = 1000;

/** What one connection has sent, and whether it was answered: once each, or by a close that says why. */
export class Ledger {
  readonly kinds: Record<string, number> = {};
  readonly #due = new Map<string, number>();
  readonly #openedAtMs = performance.now();
  #unnamedDue = 0;
  #unnamed = 0;
  #closeDue = false;
  #mayEnd = false;
  readonly #violated: (violation: string) => void;

  constructor(violated: (violation: string) => void) {
    this.#violated = violated;
  }

  sent(due: Due, mayEnd: boolean): void {
    if (mayEnd) this.#mayEnd = true;
    if (due === 'close') this.#closeDue = this.#mayEnd = true;
    else if (due === 'unnamed') this.#unnamedDue += 1;
    else if (due !== 'nothing') this.#due.set(due.requestId, (this.#due.get(due.requestId) ?? 0) + 1);
  }

  /** `kind` is `ack` or the code of an error. */
  answered(kind: string, requestId: string | undefined): void {
    this.kinds[kind] = (this.kinds[kind] ?? 0) + 1;
    if (requestId === undefined) {
      this.#unnamed += 1;
      return;
    }
    const due = this.#due.get(requestId) ?? 0;
    if (due === 0) this.#violated(`a second answer (${kind}), or one that nobody asked for`);
    else if (due === 1) this.#due.delete(requestId);
    else this.#due.set(requestId, due - 1);
  }

  /** Nothing is owed any more. An error without a name may have been for a message that asked for none. */
  get isSettled(): boolean {
    return this.#due.size === 0 && this.#unnamed >= this.#unnamedDue && !this.#closeDue;
  }

  /** In words, for a report. */
  get owed(): string {
    if (this.#closeDue) return 'a close';
    return this.#due.size > 0 ? `answers to ${[...this.#due.keys()].slice(0, 3).join()}` : 'an error';
  }

  closed(code: number, reason: string): void {
    if (reason !== '' && WITH_REASON.includes(code)) return;
    if (this.#mayEnd && OF_LIBRARY.includes(code)) return;
    const when = performance.now() - this.#openedAtMs < JUST_OPENED_MS ? ', just opened' : '';
    this.#violated(`closed with ${code} and ${reason === '' ? 'no reason' : `"${reason}"`}${when}`);
  }
}
