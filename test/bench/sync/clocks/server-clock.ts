import { once } from 'node:events';
import { WebSocket, type RawData } from 'ws';
import { decodeServerFrame, encode } from '../../../../src/protocol/index.ts';
import { Bracket, type Mapping } from './bracket.ts';

const BURST = 20;
const EVERY_MS = 500;

export interface ServerClock {
  mapping: () => Mapping;
  close: () => void;
}

/** Learns the server's clock by a socket of the harness' own, without a link between, and without joining anything. */
export async function watchServerClock(port: number): Promise<ServerClock> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  const bracket = new Bracket();
  const sentAtMs = new Map<number, number>();
  let count = 0;
  const ping = () => {
    const id = ++count;
    const t1Ms = performance.now();
    sentAtMs.set(id, t1Ms);
    socket.send(encode({ type: 'clock/ping', payload: { id, t1Ms } }));
  };
  socket.on('message', (data: RawData) => {
    const t4Ms = performance.now();
    // `ws` hands out text as one Buffer, unless told otherwise.
    const decoded = decodeServerFrame((data as Buffer).toString());
    if (!decoded.ok || decoded.message.type !== 'clock/pong') return;
    const { id, t2Ms, t3Ms } = decoded.message.payload;
    const t1Ms = sentAtMs.get(id);
    if (t1Ms !== undefined) bracket.add(t1Ms, t2Ms, t3Ms, t4Ms);
    if (count < BURST) ping();
  });
  await once(socket, 'open');
  ping();
  const timer = setInterval(ping, EVERY_MS);
  return {
    mapping: () => bracket.mapping,
    close: () => {
      clearInterval(timer);
      socket.terminate();
    },
  };
}
