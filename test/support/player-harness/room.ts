import type { Intent } from '../../../src/protocol/index.ts';
import { rebaseTo, applyIntent, type Timeline } from '../../../src/sync/index.ts';

/** A start that all are ready for comes so much later, as a server's does. */
const LEAD_MS = 150;

/** This machine's clock, which is the server's here. */
const serverNowMs = () => performance.timeOrigin + performance.now();

/** What the room of one page watches, as its person and a friend who is not there have it: a server's part, without one. */
export class Room {
  #timeline: Timeline | null = null;

  get timeline(): Timeline | null {
    return this.#timeline;
  }

  get contentId(): string | null {
    return this.#timeline?.contentId ?? null;
  }

  get isHeld(): boolean {
    return this.#timeline?.held === true;
  }

  /** The person of the page acted, on that content. */
  acted(intent: Intent, contentId: string): void {
    const seq = (this.#timeline?.seq ?? 0) + 1;
    this.#timeline = applyIntent(this.#timeline, { ...intent, contentId, baseSeq: seq - 1 }, seq);
    if (this.#timeline?.playing && (intent.act === 'play' || intent.act === 'seek')) this.#hold();
  }

  /** A friend acts: what is not said stays as it is. */
  becomes(change: Partial<Pick<Timeline, 'playing' | 'positionSec' | 'rate' | 'contentId'>>): void {
    const { held: _, ...now } = this.#now;
    this.#timeline = { ...now, atServerMs: serverNowMs(), ...change, seq: now.seq + 1 };
    if (this.#timeline.playing && (change.playing || change.positionSec !== undefined)) this.#hold();
  }

  /** That page is ready for a held start of that `seq`: it comes. */
  prepared(seq: number): void {
    if (!this.isHeld || seq !== this.#timeline?.seq) return;
    const { held: _, ...now } = this.#now;
    this.#timeline = { ...now, atServerMs: serverNowMs() + LEAD_MS, seq: now.seq + 1 };
  }

  /** A film that is to play, or to play elsewhere, stands there until all are ready for it (HOLD). */
  #hold(): void {
    this.#timeline = { ...this.#now, held: true };
  }

  get #now(): Timeline {
    if (!this.#timeline) throw new Error('the room watches nothing yet');
    return rebaseTo(this.#timeline, serverNowMs());
  }
}
