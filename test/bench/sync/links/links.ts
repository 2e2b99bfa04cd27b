import { Worker } from 'node:worker_threads';
import type { ServerMessage } from '../../../../src/protocol/index.ts';
import type { LinkShape } from './delays.ts';
import type { FromThread, ToThread } from './link-messages.ts';
import type { LoggedPassage } from './link.ts';
import { sharedMs } from './shared-clock.ts';

/** A member's own way to the server, in the links' thread. */
export interface RemoteLink {
  port: number;
  /** To be given to the popup. */
  invite: (room: string) => string;
  /** All that has passed, on this thread's `performance.now()`. */
  passages: readonly LoggedPassage[];
  reshape: (shape: LinkShape) => void;
  /** Nothing passes for so long; it comes later, in order. */
  stall: (ms: number) => void;
  /** Every connection breaks at once; new ones work. */
  cut: () => void;
}

export interface Links extends AsyncDisposable {
  open: (serverPort: number, shape: LinkShape, seed: number) => Promise<RemoteLink>;
}

/** `told` hears what the server says to any of the members, as it leaves the server. */
export function startLinks(told: (message: ServerMessage, atMs: number) => void): Links {
  const worker = new Worker(new URL('links-thread.ts', import.meta.url));
  const lackMs = sharedMs() - performance.now();
  const opening = new Map<number, (port: number) => void>();
  const passages = new Map<number, LoggedPassage[]>();
  const tell = (message: ToThread) => worker.postMessage(message);
  worker.on('message', (message: FromThread) => {
    switch (message.type) {
      case 'opened':
        return opening.get(message.id)?.(message.port);
      case 'told':
        return told(message.message, message.sharedMs - lackMs);
      case 'passed':
        passages.get(message.id)?.push({ ...message.passage, atMs: message.sharedMs - lackMs });
    }
  });
  return {
    open: async (serverPort, shape, seed) => {
      const id = passages.size;
      const passed: LoggedPassage[] = [];
      passages.set(id, passed);
      const port = await new Promise<number>((resolve, reject) => {
        opening.set(id, resolve);
        worker.once('error', reject);
        tell({ type: 'open', id, serverPort, shape, seed });
      });
      return {
        port,
        passages: passed,
        invite: (room) => `http://127.0.0.1:${port}/join/${room}`,
        reshape: (next) => tell({ type: 'shape', id, shape: next }),
        stall: (ms) => tell({ type: 'stall', id, ms }),
        cut: () => tell({ type: 'cut', id }),
      };
    },
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}
