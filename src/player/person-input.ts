import type { PlayerChange } from './adapter.ts';

/** How long after a person's input a change of the player may still be its consequence, in ms. */
const REACTION_MS = 1000;
/** Another frame's input is told with an age that is a little wrong. */
const RELAY_SLACK_MS = 20;

interface Token {
  sinceMs: number;
  untilMs: number;
  claimed: Set<PlayerChange>;
}

/**
 * The only source of intents: what a person's hand did, as tokens. Each press or key makes one token, and each token
 * pays for at most one intent of each kind, so intents can never outnumber inputs, whatever the players and the network do.
 * Times in ms of one monotonic clock.
 */
export class PersonInput {
  #tokens: Token[] = [];
  #held = false;
  #dragged = false;
  #releasedAtMs = -Infinity;
  #latestMs = -Infinity;

  /** A key went down, or something was pressed elsewhere. */
  touched(atMs: number): void {
    this.#latestMs = atMs;
    this.#tokens = [
      ...this.#tokens.filter((token) => atMs - token.untilMs < 2 * REACTION_MS),
      newToken(atMs),
    ];
  }

  /** When a hand last began or ended something. */
  get latestMs(): number {
    return this.#latestMs;
  }

  /** What was touched so far explains nothing any more. */
  forget(): void {
    this.#tokens = [];
  }

  pressed(atMs: number): void {
    this.touched(atMs);
    this.grabbed();
  }

  /** A pointer is down on what has been touched. */
  grabbed(): void {
    this.#held = true;
    this.#dragged = false;
  }

  /** The pointer moved while it was down. */
  moved(): void {
    this.#dragged = this.#held;
  }

  /** The end of a press belongs to its beginning: it renews that token and makes no other. */
  released(atMs: number): void {
    this.#held = false;
    this.#releasedAtMs = this.#latestMs = atMs;
    const last = this.#tokens.at(-1);
    if (last) last.untilMs = atMs;
  }

  /** A pointer is down: the person may be dragging the seek bar. */
  get held(): boolean {
    return this.#held;
  }

  get releasedAtMs(): number {
    return this.#releasedAtMs;
  }

  /** The last press was a drag, whose changes may still be arriving. */
  get dragged(): boolean {
    return this.#dragged;
  }

  /** Whether a change at `atMs` could be paid for, without paying. */
  explains(change: PlayerChange, atMs: number): boolean {
    return this.#payerOf(change, atMs) !== undefined;
  }

  /** Pays for one intent of a change at `atMs`; false when no input explains it. */
  claim(change: PlayerChange, atMs: number): boolean {
    const payer = this.#payerOf(change, atMs);
    payer?.claimed.add(change);
    return payer !== undefined;
  }

  #payerOf(change: PlayerChange, atMs: number): Token | undefined {
    return this.#tokens.findLast(
      (token) =>
        !token.claimed.has(change) &&
        token.sinceMs <= atMs + RELAY_SLACK_MS &&
        atMs - token.untilMs < REACTION_MS,
    );
  }
}

function newToken(atMs: number): Token {
  return { sinceMs: atMs, untilMs: atMs, claimed: new Set() };
}
