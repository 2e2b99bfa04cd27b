import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import {
  decodeClientFrame,
  encode,
  type ClientMessage,
  type ServerMessage,
} from '../../src/protocol/index.ts';

/** A link between one member and the server: it listens, and it can be cut. */
export interface Tap {
  port: number;
  /** What the member has sent, with the time of `performance.now()`. */
  sent: { message: ClientMessage; atMs: number }[];
  /** How many of what a person's act becomes on the wire. */
  intents: () => number;
  /** A link to give to the popup. */
  invite: (roomId: string) => string;
  /** Nothing passes any more, and nobody is told: the network is gone. */
  cut: () => void;
  mend: () => void;
  /** From now on whatever is said to the member comes so much later. */
  slowBy: (delayMs: number) => void;
  /** The server has trouble with the next message of that type: it takes nothing of it, and says so. */
  refuseNext: (type: ClientMessage['type']) => void;
  /** Tells the member something that the server does not, whatever the server would let anybody have it say. */
  tell: (message: ServerMessage) => void;
  /** Throws when the server has told the member to wait: whoever behaves never meets a limit. */
  close: () => void;
}

export async function startTap(serverPort: number): Promise<Tap> {
  const sent: Tap['sent'] = [];
  const sockets = new Set<WebSocket>();
  const limitsMet: string[] = [];
  const members = new Set<WebSocket>();
  let isCut = false;
  let slowMs = 0;
  let refused: ClientMessage['type'] | null = null;
  let heldBack: (() => void)[] = [];
  const http = createServer();
  const listener = new WebSocketServer({ noServer: true });

  http.on('upgrade', (request, socket, head) => {
    // In a cut network a connection attempt is neither refused nor answered; TCP repeats it until it gets through.
    if (isCut) heldBack.push(() => accept(request, socket, head));
    else accept(request, socket, head);
  });
  const accept = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (socket.destroyed) return;
    listener.handleUpgrade(request, socket, head, (near) => {
      const { origin } = request.headers;
      const far = new WebSocket(`ws://127.0.0.1:${serverPort}`, { ...(origin && { origin }) });
      members.add(near);
      near.on('close', () => members.delete(near));
      const waiting: string[] = [];
      for (const side of [near, far]) {
        sockets.add(side);
        side.on('error', () => side.terminate());
        side.on('close', () => {
          sockets.delete(side);
          near.terminate();
          far.terminate();
        });
      }
      near.on('message', (data) => {
        const text = (data as Buffer).toString();
        const decoded = decodeClientFrame(text);
        if (decoded.ok) sent.push({ message: decoded.message, atMs: performance.now() });
        if (decoded.ok && decoded.message.type === refused) {
          refused = null;
          near.send(refusalOf(decoded.message));
        } else if (far.readyState === WebSocket.OPEN) far.send(text);
        else waiting.push(text);
      });
      far.on('open', () => waiting.forEach((text) => far.send(text)));
      far.on('message', (data) => {
        const text = (data as Buffer).toString();
        if (text.includes('"retryAfterMs"')) limitsMet.push(text);
        const pass = () => near.send(text);
        if (slowMs > 0) setTimeout(pass, slowMs);
        else pass();
      });
    });
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    port,
    sent,
    intents: () => sent.filter(({ message }) => isIntent(message)).length,
    invite: (roomId) => `http://127.0.0.1:${port}/join/${roomId}`,
    slowBy: (delayMs) => {
      slowMs = delayMs;
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend: () => {
      isCut = false;
      for (const socket of sockets) socket.resume();
      for (const go of heldBack) go();
      heldBack = [];
    },
    refuseNext: (type) => {
      refused = type;
    },
    tell: (message) => {
      for (const member of members) member.send(encode(message));
    },
    close: () => {
      for (const socket of sockets) socket.terminate();
      http.closeAllConnections();
      http.close();
      if (limitsMet.length > 0) throw new Error(`an honest member met a limit: ${limitsMet.join('\n')}`);
    },
  };
}

function isIntent({ type }: ClientMessage): boolean {
  return type === 'watch/playback_state' || type === 'watch/set_content';
}

function refusalOf({ requestId }: ClientMessage): string {
  const payload = { code: 'internal' as const, message: 'The server has trouble.', requestId };
  return encode({ type: 'error', requestId, payload });
}
