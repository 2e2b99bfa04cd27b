import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendFilm, type Sending } from '../../../support/send-film.ts';

const FOLDER = new URL('../../../sites/bench/', import.meta.url);
const PAGES: Record<string, { file: string; type: string }> = {
  '/film': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/bench.js': { file: 'bench.js', type: 'text/javascript' },
};
/** Whose request it is; the address must not tell, since it names what the room watches. */
const VIEWER_COOKIE = 'viewer';

export interface BenchSite {
  origin: string;
  url: string;
  /** Where a viewer comes in: it is told the film's page, and remembered. */
  entrance: (viewer: string) => string;
  /** Serves this viewer something of its own. */
  serve: (viewer: string, serving: Partial<Sending>) => void;
  /** A script of the page, as `/name`. */
  script: (name: string, source: string) => void;
  close: () => Promise<void>;
}

/** A page with one film, by byte ranges, and by the viewer if need be. */
export async function startBenchSite(clip: string): Promise<BenchSite> {
  const servings = new Map<string, Sending>();
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
