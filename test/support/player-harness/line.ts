import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { fromHarness, type FromHarness, type ToHarness } from './words.ts';

/** The test's end of what the harness's background and the test say to each other. */
export interface Line {
  port: number;
  /** Returns what ends it. */
  hear: (listener: (word: FromHarness) => void) => () => void;
  /** The next word of which something is `wanted`. */
  next: <T>(wanted: (word: FromHarness) => T | null) => Promise<T>;
  say: (word: ToHarness) => void;
  close: () => void;
}

export async function openLine(): Promise<Line> {
  const http = createServer();
  const listener = new WebSocketServer({ server: http });
  const listeners = new Set<(word: FromHarness) => void>();
  let background: WebSocket | null = null;
  listener.on('connection', (socket) => {
    background = socket;
    socket.on('message', (data) => {
      const word = fromHarness.parse(JSON.parse((data as Buffer).toString()));
      for (const each of listeners) each(word);
    });
  });
  const hear: Line['hear'] = (each) => {
    listeners.add(each);
    return () => void listeners.delete(each);
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    port,
    hear,
    next: (wanted) =>
      new Promise((resolve) => {
        const stop = hear((word) => {
          const found = wanted(word);
          if (found === null) return;
          stop();
          resolve(found);
        });
      }),
    say: (word) => background?.send(JSON.stringify(word)),
    close: () => {
      for (const socket of listener.clients) socket.terminate();
      http.close();
    },
  };
}
