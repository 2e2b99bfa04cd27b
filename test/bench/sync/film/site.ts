import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const FOLDER = new URL('../../../sites/bench/', import.meta.url);
const PAGES: Record<string, { file: string; type: string }> = {
  '/film': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/bench.js': { file: 'bench.js', type: 'text/javascript' },
};
const PIECE_BYTES = 32_768;
const LOOK_AGAIN_MS = 20;
/** Whose request it is; the address must not tell, since it names what the room watches. */
const VIEWER_COOKIE = 'viewer';

/** What one viewer is sent. */
export interface Serving {
  path: string;
  /** Bytes from here on are withheld until it grows; those past `indexFrom` never are. */
  untilByte: number;
  indexFrom: number;
}

export interface BenchSite {
  origin: string;
  url: string;
  /** Where a viewer comes in: it is told the film's page, and remembered. */
  entrance: (viewer: string) => string;
  /** Serves this viewer something of its own. */
  serve: (viewer: string, serving: Partial<Serving>) => void;
  /** A script of the page, as `/name`. */
  script: (name: string, source: string) => void;
  close: () => Promise<void>;
}

/** A page with one film, by byte ranges, and by the viewer if need be. */
export async function startBenchSite(clip: string): Promise<BenchSite> {
  const servings = new Map<string, Serving>();
  const scripts = new Map<string, string>();
  const everything = { path: clip, untilByte: Infinity, indexFrom: Infinity };
  const servingOf = (viewer: string) => servings.get(viewer) ?? everything;

  const server = createServer((request, response) => {
    void respond(request, response).catch(() => response.destroy());
  });
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site.invalid');
    const page = PAGES[pathname];
    const script = scripts.get(pathname);
    if (page) {
      response.writeHead(200, { 'content-type': page.type, 'cache-control': 'no-store' });
      response.end(await readFile(new URL(page.file, FOLDER)));
    } else if (pathname.startsWith('/enter/')) {
      const viewer = pathname.slice('/enter/'.length);
      response
        .writeHead(302, { location: '/film', 'set-cookie': `${VIEWER_COOKIE}=${viewer}; Path=/` })
        .end();
    } else if (script !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' }).end(script);
    } else if (pathname === '/film.webm') {
      const viewer = new RegExp(`${VIEWER_COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
      await sendFilm(() => servingOf(viewer), request.headers.range, response);
    } else response.writeHead(404).end();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an AddressInfo; a string is for pipes.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/film`,
    entrance: (viewer) => `${origin}/enter/${viewer}`,
    serve: (viewer, serving) => servings.set(viewer, { ...servingOf(viewer), ...serving }),
    script: (name, source) => scripts.set(name, source),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function sendFilm(
  serving: () => Serving,
  range: string | undefined,
  response: ServerResponse,
): Promise<void> {
  await using file = await open(serving().path);
  const { size } = await file.stat();
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const end = Math.min(size, match?.[2] ? Number(match[2]) + 1 : size);
  let at = Number(match?.[1] ?? 0);
  response.writeHead(match ? 206 : 200, {
    'content-type': 'video/webm',
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'content-length': end - at,
    ...(match && { 'content-range': `bytes ${at}-${end - 1}/${size}` }),
  });
  const piece = Buffer.alloc(PIECE_BYTES);
  while (at < end && !response.destroyed) {
    const { untilByte, indexFrom } = serving();
    const stopAt = at >= indexFrom ? end : Math.min(end, Math.max(untilByte, 0));
    if (at >= stopAt) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      continue;
    }
    const { bytesRead } = await file.read(piece, 0, Math.min(PIECE_BYTES, stopAt - at), at);
    at += bytesRead;
    // The piece is filled again, so what is sent is a copy.
    if (!response.write(Buffer.from(piece.subarray(0, bytesRead)))) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
  response.end();
}
