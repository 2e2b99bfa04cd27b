import { once } from 'node:events';
import { createServer, request as ask, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface PathProxy {
  /** The address below which it serves. */
  base: string;
  close: () => Promise<void>;
}

/** A reverse proxy for a server below a path, which it strips or keeps; anything else it does not know. */
export async function startPathProxy(server: string, path: string, strips: boolean): Promise<PathProxy> {
  const { hostname, port } = new URL(server);
  const to = (url = '/') => (strips ? url.slice(path.length) || '/' : url);
  const front: Server = createServer((request, response) => {
    if (!request.url?.startsWith(path)) {
      response.writeHead(502).end('not ours');
      return;
    }
    const { method, headers } = request;
    const onward = ask({ hostname, port, path: to(request.url), method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  const sockets = new Set<Duplex>();
  front.on('upgrade', (request, socket) => {
    const far = connect(Number(port), hostname, () => {
      const headers = request.rawHeaders.map((part, at) => (at % 2 ? `${part}\r\n` : `${part}: `));
      far.write(`GET ${to(request.url)} HTTP/1.1\r\n${headers.join('')}\r\n`);
      far.pipe(socket).pipe(far);
    });
    for (const end of [far, socket]) {
      sockets.add(end);
      end.on('error', () => [far, socket].forEach((each) => each.destroy()));
    }
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  // A TCP server that listens has an AddressInfo; a string is for pipes.
  const { port: own } = front.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${own}${path}`,
    close: async () => {
      front.close();
      front.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await once(front, 'close');
    },
  };
}
