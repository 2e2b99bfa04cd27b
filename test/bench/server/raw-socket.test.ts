import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { LIMITS } from '../../../src/protocol/index.ts';
import { ATTACKS } from '../strangers/attacks.ts';
import { RawSocket } from './raw-socket.ts';

let server: WebSocketServer | undefined;
afterEach(() => server?.close());

async function connected(options: { keepBytes?: number; onText?: (text: Buffer) => void } = {}) {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [[socket], raw] = await Promise.all([
    once(server, 'connection') as Promise<[WebSocket]>,
    RawSocket.open({ port, ...options }),
  ]);
  return { socket, raw };
}

describe('the socket of the benches', () => {
  it('counts texts of every length, however they are cut', async () => {
    const kept: number[] = [];
    const { socket, raw } = await connected({ keepBytes: 126, onText: (text) => kept.push(text.length) });
    const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000, 3];
    for (const length of lengths) socket.send('x'.repeat(length));
    socket.ping('?');
    // The answer comes after all of it was read.
    await once(socket, 'pong');
    expect(raw.received).toBe(lengths.length);
    expect(kept).toEqual([0, 1, 125, 126, 3]);
  });

  it('tells with what it was closed', async () => {
    const { socket, raw } = await connected();
    socket.close(1008, 'flooding');
    await once(socket, 'close');
    expect(raw.closed).toEqual({ code: 1008 });
  });
});

describe('the attacks', () => {
  it.each(ATTACKS)('"$name" sends nothing larger than a frame may be', ({ plans }) => {
    for (const plan of plans) {
      for (let turn = 0; turn < 20; turn += 1) {
        const step = plan.step(0, turn);
        // Fragments of one byte are many frames in one write.
        if (Buffer.isBuffer(step) && (step[0] ?? 0) >= 0x80)
          expect(step.length).toBeLessThan(LIMITS.frameBytes);
      }
    }
  });
});
