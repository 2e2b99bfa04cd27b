import type { Duplex } from 'node:stream';
import type { Cancel, SetTimer } from '../ports.ts';

/** Unsent bytes from which on a socket counts as slow: what comes then waits here, where what is old can still be replaced. */
const SLOW_BYTES = 64 * 1024;
/** How long a client may have more unread than allowed. */
const UNREAD_MS = 5000;
/** So many times that is never allowed. */
const HARD_LIMIT_TIMES = 8;

interface OutboxHost {
  raw: Duplex;
  setTimer: SetTimer;
  /** Bytes that may wait for {@link UNREAD_MS}. */
  maxBufferedBytes: number;
  /** Calls `flush` at the end of this turn of the event loop. */
  flushSoon: () => void;
  /** The client does not read what it is given. */
  onUnread: () => void;
}

interface Waiting {
  frame: Buffer;
  /** What a newer frame of the same name makes needless; null for what must arrive. */
  replaces: string | null;
}

/**
 * What is on its way to one client. Frames leave together, in one system call, in which a busy server spends most of its
 * time, and straight to the TCP socket: without compression ws would only put the same header before every copy. A client that
 * reads slowly is told the newest state instead of all of them, and is given up when it takes nothing for long.
 */
export class Outbox {
  readonly #host: OutboxHost;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #flushing = false;
  #cancelUnread: Cancel | null = null;

  constructor(host: OutboxHost) {
    this.#host = host;
    host.raw.on('drain', () => this.#onDrain());
  }

  /** @param replaces Names a state of which only the newest matters. */
  add(frame: Buffer, replaces: string | null): void {
    const { raw, flushSoon, maxBufferedBytes } = this.#host;
    // Asked of the stream once: this is done for every frame to every member.
    const unsentBytes = raw.writableLength;
    const isSlow = unsentBytes >= SLOW_BYTES;
    if (isSlow && replaces !== null) this.#dropOlder(replaces);
    this.#waiting.push({ frame, replaces });
    this.#waitingBytes += frame.length;
    if (!this.#flushing && !isSlow) {
      this.#flushing = true;
      flushSoon();
    }
    const unreadBytes = unsentBytes + this.#waitingBytes;
    if (unreadBytes > maxBufferedBytes) this.#checkBacklog(unreadBytes);
  }

  /** Lets out what waits, as far as the socket takes it. */
  flush(): void {
    this.#flushing = false;
    const { raw } = this.#host;
    if (this.#waiting.length === 0 || !raw.writable || this.#isSlow()) return;
    const frames: Buffer[] = [];
    let bytes = 0;
    while (this.#waiting.length > 0 && (bytes === 0 || raw.writableLength + bytes < SLOW_BYTES)) {
      const next = this.#waiting.shift();
      if (!next) break;
      frames.push(next.frame);
      bytes += next.frame.length;
    }
    this.#waitingBytes -= bytes;
    const [first] = frames;
    raw.write(frames.length === 1 && first ? first : Buffer.concat(frames, bytes));
    if (this.#waiting.length > 0 && !this.#isSlow()) this.flush();
  }

  stop(): void {
    this.#cancelUnread?.();
    this.#cancelUnread = null;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #isSlow(): boolean {
    return this.#host.raw.writableLength >= SLOW_BYTES;
  }

  #dropOlder(name: string): void {
    const at = this.#waiting.findIndex(({ replaces }) => replaces === name);
    if (at < 0) return;
    const [older] = this.#waiting.splice(at, 1);
    this.#waitingBytes -= older?.frame.length ?? 0;
  }

  #onDrain(): void {
    this.flush();
    if (this.#host.raw.writableLength + this.#waitingBytes > this.#host.maxBufferedBytes) return;
    this.#cancelUnread?.();
    this.#cancelUnread = null;
  }

  /** Nobody can have read yet what was sent in this very turn, so slowness is judged over time (LIM-7). */
  #checkBacklog(unreadBytes: number): void {
    const { maxBufferedBytes, setTimer, onUnread } = this.#host;
    if (unreadBytes > maxBufferedBytes * HARD_LIMIT_TIMES) return onUnread();
    this.#cancelUnread ??= setTimer(onUnread, UNREAD_MS);
  }
}
