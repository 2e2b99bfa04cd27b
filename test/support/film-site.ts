import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../sites/film/', import.meta.url);
const PAGES: Record<string, { file: string; type: string }> = {
  '/film': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/film.js': { file: 'film.js', type: 'text/javascript' },
};

export interface FilmSite {
  /** http://127.0.0.1:port */
  origin: string;
  /** The same site under another origin. */
  otherOrigin: string;
  close: () => Promise<void>;
}

/** Serves the film of test/sites/film with byte ranges, which seeking needs. */
export async function startFilmSite(port = 0): Promise<FilmSite> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site.invalid');
    void respond(pathname, request.headers.range, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${bound}`,
    otherOrigin: `http://localhost:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function respond(pathname: string, range: string | undefined, response: ServerResponse): Promise<void> {
  const page = PAGES[pathname];
  if (page) {
    response.writeHead(200, { 'content-type': page.type, 'cache-control': 'no-store' });
    response.end(await readFile(new URL(page.file, FOLDER)));
  } else if (pathname === '/film.webm') await sendFilm(range, response);
  else response.writeHead(404).end('not found');
}

async function sendFilm(range: string | undefined, response: ServerResponse): Promise<void> {
  const path = fileURLToPath(new URL('film.webm', FOLDER));
  const { size } = await stat(path);
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const start = Number(match?.[1] ?? 0);
  const end = Math.min(size - 1, match?.[2] ? Number(match[2]) : size - 1);
  response.writeHead(match ? 206 : 200, {
    'content-type': 'video/webm',
    'accept-ranges': 'bytes',
    'content-length': end - start + 1,
    ...(match && { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  createReadStream(path, { start, end }).pipe(response);
}
