#!/usr/bin/env bash
# Node 24.21: once an HTTP server has an 'upgrade' listener, a plain GET that offers h2c, as `curl --http2` sends it, goes to that
# listener and never to 'request'. With `shouldUpgradeCallback` saying no, it is answered as an ordinary request.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0
cat >run.mjs <<'SCRIPT'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
async function answered(options, listens) {
  let by = 'nobody';
  const server = createServer(options, (request, response) => {
    by = 'request';
    response.end();
  });
  if (listens) {
    server.on('upgrade', (request, socket) => {
      by = `upgrade to ${request.headers.upgrade}`;
      socket.end();
    });
  }
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = connect(server.address().port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n');
  socket.resume();
  await once(socket, 'end');
  server.close();
  return by;
}
console.log('without an upgrade listener:', await answered({}, false));
console.log('with one:', await answered({}, true));
console.log('with one, and a callback that says no:', await answered({ shouldUpgradeCallback: () => false }, true));
SCRIPT
expected='without an upgrade listener: request
with one: upgrade to h2c
with one, and a callback that says no: request'
seen=$(npm exec --silent -- node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
