import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

interface Frame {
  type: string;
  requestId?: string;
  payload: Record<string, unknown> & { roomId: string; client?: Peer; toUserId?: string };
}
interface Peer {
  userId: string;
  displayName: string;
}

/**
 * A server written from the v1 schema alone: it relays, keeps no state of what is watched, tells nobody its
 * capabilities and a sender nothing but its ack. One room for all.
 */
export async function startV1Server(): Promise<{ port: number; close: () => void }> {
  const peers = new Map<WebSocket, Peer>();
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));

  const send = (to: WebSocket, type: string, payload: object, requestId?: string) =>
    to.send(JSON.stringify({ v: 1, type, ...(requestId && { requestId }), payload }));
  const tell = (type: string, payload: object, except?: WebSocket) => {
    for (const peer of peers.keys()) if (peer !== except) send(peer, type, payload);
  };

  server.on('connection', (socket) => {
    send(socket, 'server/hello', { v: 1, nowMs: Date.now() });
    socket.on('close', () => {
      const gone = peers.get(socket);
      peers.delete(socket);
      if (gone) tell('room/peer_left', { roomId: 'v1', userId: gone.userId });
    });
    socket.on('message', (data: Buffer) => {
      const { type, requestId, payload } = JSON.parse(data.toString()) as Frame;
      const { roomId, client } = payload;
      const me = peers.get(socket);
      if (type === 'room/join' && client) {
        const others = [...peers.values()];
        const you = { userId: client.userId, displayName: client.displayName };
        peers.set(socket, you);
        send(socket, 'room/joined', { roomId, you, peers: others });
        tell('room/peer_joined', { roomId, peer: you }, socket);
      } else if (!me) {
        send(socket, 'error', { requestId, code: 'not_in_room', message: 'join first' }, requestId);
        return;
      } else if (type === 'chat/send') {
        tell('chat/message', { roomId, from: me, text: payload.text, tsMs: Date.now() });
      } else if (type === 'watch/set_content') {
        tell('watch/content', { roomId, contentId: payload.contentId, meta: payload.meta });
      } else if (type === 'watch/playback_state') {
        const { state } = payload;
        tell(type, { roomId, state, serverTsMs: Date.now(), fromUserId: me.userId }, socket);
      } else if (type !== 'room/leave') {
        send(socket, 'error', { requestId, code: 'bad_request', message: `unknown ${type}` }, requestId);
        return;
      }
      if (requestId) send(socket, 'ack', { requestId }, requestId);
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
