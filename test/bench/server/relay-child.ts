import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { encode } from '../../../src/protocol/index.ts';
import { answerQuestions } from '../../support/measured-server.ts';
import { textFrame } from '../../../src/server/transport/frame.ts';

/*
 * The least that a relay can do: whatever somebody says, everybody in the room is given a frame that was made before. What a
 * server costs beyond it is what it does for the room.
 */

const envelope = z.object({ payload: z.object({ roomId: z.string() }) });
const frame = textFrame(
  encode({
    type: 'watch/playback_state',
    payload: {
      roomId: 'bench-0',
      state: { playing: false, positionSec: 100, hostTsMs: 1.7e12, contentId: 'film', rate: 1, seq: 1000 },
      serverTsMs: 1.7e12,
      fromUserId: 'member-0',
      act: 'seek',
    },
  }),
);

const rooms = new Map<string, Duplex[]>();
const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
server.on('connection', (socket, request) => {
  let room: Duplex[] | null = null;
  socket.on('message', (data: Buffer) => {
    if (room) {
      for (const member of room) member.write(frame);
      return;
    }
    const { roomId } = envelope.parse(JSON.parse(data.toString())).payload;
    room = rooms.get(roomId) ?? [];
    rooms.set(roomId, room);
    room.push(request.socket);
  });
});
http.listen(0, '127.0.0.1', () => {
  // A TCP server that listens has an AddressInfo; a string is for pipes.
  answerQuestions((http.address() as AddressInfo).port, () => ({ errorCount: 0, errors: [] }));
});
