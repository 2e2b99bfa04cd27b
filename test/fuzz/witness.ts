import { decodeServerFrame } from '../../src/protocol/index.ts';
import { canariesIn } from './scene.ts';

const SAMPLED = 7;

/** What one connection may hear: of rooms that it has asked to join and has not left. */
export class Witness {
  /** By their canaries. */
  readonly #rooms = new Set<string>();
  readonly #violated: (violation: string) => void;
  #heard = 0;

  constructor(violated: (violation: string) => void) {
    this.#violated = violated;
  }

  joins(canary: string): void {
    this.#rooms.add(canary);
  }

  /** To be called when the answer to a leave has come, after which nothing of the room may come. */
  left(canary: string): void {
    this.#rooms.delete(canary);
  }

  get heard(): number {
    return this.#heard;
  }

  hear(text: string, type: string, roomId: string | undefined): void {
    this.#heard += 1;
    // Rooms of mutated names hold people of all rooms, and what was wrong with a frame is told in its sender's words.
    if (roomId !== undefined && canariesIn(roomId).size > 0 && type !== 'error') {
      for (const canary of canariesIn(text)) {
        if (!this.#rooms.has(canary)) this.#violated(`${type} of a room it is not in`);
      }
    }
    if (this.#heard % SAMPLED !== 0) return;
    const decoded = decodeServerFrame(text);
    if (!decoded.ok) this.#violated(`${type} that cannot be read: ${decoded.error.message}`);
  }
}
