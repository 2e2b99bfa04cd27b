#!/usr/bin/env bash
# ws 8.23.0: a message in more fragments than `maxFragments` is refused with close code 1008, one larger than `maxPayload` with 1009,
# and the fragments that came are kept until then. The default is 16,384 fragments.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ws@8.23.0
cat >run.mjs <<'SCRIPT'
import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxFragments: 8, maxPayload: 100, perMessageDeflate: false });
await once(server, 'listening');
let received = 0;
server.on('connection', (socket) => {
  socket.on('error', () => undefined);
  socket.on('message', () => (received += 1));
});
async function codeAfter(send) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  socket.on('error', () => undefined);
  await once(socket, 'open');
  send(socket);
  const [code] = await once(socket, 'close');
  return code;
}
const pieces = (count) => (socket) => {
  for (let at = 1; at <= count; at += 1) socket.send('x', { fin: at === count });
  socket.close(1000);
};
console.log('eight fragments:', await codeAfter(pieces(8)), 'messages:', received);
console.log('nine fragments:', await codeAfter(pieces(9)), 'messages:', received);
console.log('101 bytes:', await codeAfter((socket) => socket.send('x'.repeat(101))), 'messages:', received);
server.close();
SCRIPT
expected='eight fragments: 1000 messages: 1
nine fragments: 1008 messages: 1
101 bytes: 1009 messages: 1'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
