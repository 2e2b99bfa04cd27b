import type { Duplex } from 'node:stream';
import type { Cancel, SetTimer } from '../ports.ts';

/** Unsent bytes above which a socket is slow: later frames wait here, where a newer state can replace an older one. */
const SLOW_BYTES = 64 * 1024;
/** Time for which a client may leave more unread than allowed. */
const UNREAD_MS = 5000;
/** So many times the allowed bytes end the client at once. */
const HARD_LIMIT_TIMES = 8;

interface OutboxHost {
  raw: Duplex;
  setTimer: SetTimer;
  /** Bytes that may wait for {@link UNREAD_MS}. */
  maxBufferedBytes: number;
  /** Calls `flush` at the end of this turn of the event loop. */
  flushSoon: () => void;
  /** The client does not read its frames. */
  onUnread: () => void;
}

interface Waiting {
  frame: Buffer;
  /** A newer frame of the same name replaces this one; `null` for frames that must arrive. */
  replaces: string | null;
}

/**
 * The outgoing frames of one client. They leave together in one system call, in which a busy server spends most of
 * its time, and straight to the TCP socket: without compression ws would only put the same header before every copy.
 * A slow reader gets the newest state instead of all, and is ended when it reads nothing for long.
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
    // Read once: the stream is asked for every frame to every member.
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

  /** Writes waiting frames, as far as the socket takes them. */
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

  /** Judges slowness over time: nobody can have read yet what this very turn sent (LIM-7). */
  #checkBacklog(unreadBytes: number): void {
    const { maxBufferedBytes, setTimer, onUnread } = this.#host;
    if (unreadBytes > maxBufferedBytes * HARD_LIMIT_TIMES) return onUnread();
    this.#cancelUnread ??= setTimer(onUnread, UNREAD_MS);
  }
}
