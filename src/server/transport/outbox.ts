/** A socket's way out. */
export interface Outbox {
  /** Queues a frame to leave with what else this turn of the event loop makes for the socket. */
  add: (frame: Buffer) => void;
  /** Lets out what waits, now. */
  flush: () => void;
  readonly waitingBytes: number;
}

/**
 * Makes outboxes that write once per socket and turn of the event loop, however many frames there are: a busy server
 * spends most of its time in that system call.
 */
export function outboxes(): (write: (bytes: Buffer) => void) => Outbox {
  let waiting: Outbox[] = [];
  const flushAll = () => {
    const due = waiting;
    waiting = [];
    for (const outbox of due) outbox.flush();
  };
  return (write) => {
    let only: Buffer | null = null;
    let more: Buffer[] = [];
    let waitingBytes = 0;
    const outbox: Outbox = {
      add(frame) {
        waitingBytes += frame.length;
        if (only) {
          more.push(frame);
          return;
        }
        only = frame;
        if (waiting.push(outbox) === 1) setImmediate(flushAll);
      },
      flush() {
        if (!only) return;
        const bytes = more.length === 0 ? only : Buffer.concat([only, ...more], waitingBytes);
        only = null;
        if (more.length > 0) more = [];
        waitingBytes = 0;
        write(bytes);
      },
      get waitingBytes() {
        return waitingBytes;
      },
    };
    return outbox;
  };
}
