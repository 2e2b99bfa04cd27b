/*
 * The links' own thread: what the harness does with browsers keeps its main thread busy for tens of milliseconds, and a
 * link that is late by that would be another link.
 */
import { parentPort } from 'node:worker_threads';
import { Random } from '../../../sim/random.ts';
import type { FromThread, ToThread } from './link-messages.ts';
import { startLink, type Link } from './link.ts';
import { sharedMs } from './shared-clock.ts';

const links = new Map<number, Link>();
const tell = (message: FromThread) => parentPort?.postMessage(message);
/** What this thread's `performance.now()` lacks to the clock that threads share. */
const lackMs = sharedMs() - performance.now();

parentPort?.on('message', (message: ToThread) => {
  void obey(message);
});

async function obey(message: ToThread): Promise<void> {
  const { id } = message;
  const link = links.get(id);
  switch (message.type) {
    case 'open': {
      const { serverPort, shape, seed } = message;
      const opened = await startLink(serverPort, shape, new Random(seed), {
        told: (said, atMs) => tell({ type: 'told', id, message: said, sharedMs: atMs + lackMs }),
        passed: (passage) => tell({ type: 'passed', id, passage, sharedMs: passage.atMs + lackMs }),
      });
      links.set(id, opened);
      tell({ type: 'opened', id, port: opened.port });
      return;
    }
    case 'shape':
      if (link) link.shape = message.shape;
      return;
    case 'stall':
      return link?.stall(message.ms);
    case 'cut':
      return link?.cut();
    case 'close':
      link?.close();
      links.delete(id);
  }
}
