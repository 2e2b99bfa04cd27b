import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import type { ServerMessage } from '../../../../src/protocol/index.ts';
import type { Random } from '../../../sim/random.ts';
import { drawDelayMs, type LinkShape, type Way } from './delays.ts';
import { Lane, type Passage } from './lane.ts';
import { ServerFrames } from './server-frames.ts';

export interface LoggedPassage extends Passage {
  way: Way;
}

/** A member's own way to the server: a TCP proxy. */
export interface Link {
  port: number;
  shape: LinkShape;
  /** Nothing passes for so long; it comes later, in order. */
  stall: (ms: number) => void;
  /** Every connection breaks at once; new ones work. */
  cut: () => void;
  close: () => void;
}

export interface LinkEvents {
  /** What the server says, as it leaves the server. */
  told?: (message: ServerMessage, atMs: number) => void;
  passed?: (passage: LoggedPassage) => void;
}

export async function startLink(
  serverPort: number,
  shape: LinkShape,
  random: Random,
  { told, passed = () => undefined }: LinkEvents = {},
): Promise<Link> {
  const sockets = new Set<Socket>();
  const lanes = new Set<Lane>();

  const forward = (from: Socket, to: Socket, lane: Lane, way: Way) => {
    from.on('data', (chunk: Buffer) => {
      lane.push(drawDelayMs(link.shape, way, random), chunk.length, () => to.write(chunk));
    });
    from.on('end', () => lane.push(drawDelayMs(link.shape, way, random), 0, () => to.end()));
    from.on('close', () => {
      sockets.delete(from);
      lane.push(0, 0, () => {
        to.destroy();
        lanes.delete(lane);
      });
    });
    from.on('error', () => from.destroy());
  };

  const listener = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const far = createConnection({ port: serverPort, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    const up = new Lane((passage) => passed({ ...passage, way: 'up' }));
    const down = new Lane((passage) => passed({ ...passage, way: 'down' }));
    for (const socket of [near, far]) sockets.add(socket);
    for (const lane of [up, down]) lanes.add(lane);
    // The kernel has shaken hands by itself; over a real link that takes a round trip before the first byte.
    up.holdFor(drawDelayMs(link.shape, 'up', random) + drawDelayMs(link.shape, 'down', random));
    if (told) {
      const frames = new ServerFrames((message) => told(message, performance.now()));
      far.on('data', (chunk: Buffer) => frames.read(chunk));
    }
    forward(near, far, up, 'up');
    forward(far, near, down, 'down');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an AddressInfo; a string is for pipes.
  const { port } = listener.address() as AddressInfo;

  const link: Link = {
    port,
    shape,
    stall: (ms) => {
      for (const lane of lanes) lane.holdFor(ms);
    },
    cut: () => {
      for (const lane of lanes) lane.close();
      for (const socket of sockets) socket.destroy();
    },
    close: () => {
      link.cut();
      listener.close();
    },
  };
  return link;
}
