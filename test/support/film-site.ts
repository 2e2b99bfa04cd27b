import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { contentType } from './content-type.ts';
import { isStream, playersFile } from './players-site.ts';
import { sendFilm, type Sending } from './send-film.ts';

const FOLDER = new URL('../sites/film/', import.meta.url);
/** What a site may forbid its page: frames, other people's resources, markup from text, camera and microphone. */
const STRICT = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; media-src 'self'; frame-src 'none'; require-trusted-types-for 'script'",
  'permissions-policy': 'camera=(), microphone=()',
};
/** A page that shares memory with nobody, as one with SharedArrayBuffer must. */
const ISOLATED = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
};
const PAGES: Record<string, { file: string; headers?: Record<string, string> }> = {
  '/film': { file: 'index.html' },
  '/strict': { file: 'index.html', headers: STRICT },
  '/isolated': { file: 'index.html', headers: ISOLATED },
  '/film.js': { file: 'film.js' },
};
const PATH = fileURLToPath(new URL('film.webm', FOLDER));
/** The id of the element that seeking needs, which stands at the end (RFC 9559 §5.1.5). */
const CUES = Buffer.from('1c53bb6b', 'hex');
/** Chromium asks for whole blocks of 32 kB, so for what stands before the index too. */
const READ_AHEAD_BYTES = 65_536;
const SLOW = 'slow=1';
/** A stream comes from further away: what is sought and not yet there has to be waited for. */
const STREAM_DELAY_MS = 100;

export interface FilmSite {
  /** http://127.0.0.1:port */
  origin: string;
  /** The same site under another origin. */
  otherOrigin: string;
  /**
   * From now on whoever came in by `/slow` is sent no more of the film than is in its first `part`, of 1 in all. What
   * it has already it keeps.
   */
  slowPart: (part: number) => void;
  close: () => Promise<void>;
}

/** Serves the pages and films of test/sites/film and test/sites/players, with byte ranges, which seeking needs. */
export async function startFilmSite(port = 0): Promise<FilmSite> {
  const film = await readFile(PATH);
  const whole: Sending = {
    path: PATH,
    untilByte: Infinity,
    indexFrom: film.lastIndexOf(CUES) - READ_AHEAD_BYTES,
  };
  let slow = whole;
  const sendingTo = ({ headers }: IncomingMessage) => (headers.cookie?.includes(SLOW) ? slow : whole);
  const server = createServer((request, response) => {
    void respond(request, response, () => sendingTo(request)).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${bound}`,
    otherOrigin: `http://localhost:${bound}`,
    slowPart: (part) => {
      slow = { ...whole, untilByte: part < 1 ? Math.round(part * film.length) : Infinity };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function respond(
  { url, headers }: IncomingMessage,
  response: ServerResponse,
  sending: () => Sending,
): Promise<void> {
  const { pathname } = new URL(url ?? '/', 'http://site.invalid');
  const page = PAGES[pathname];
  const players = playersFile(pathname);
  if (page) {
    response.writeHead(200, {
      'content-type': contentType(page.file),
      'cache-control': 'no-store',
      ...page.headers,
    });
    response.end(await readFile(new URL(page.file, FOLDER)));
  } else if (pathname === '/film.webm') await sendFilm(sending, headers.range, response);
  else if (players !== null) {
    if (isStream(pathname)) await delay(STREAM_DELAY_MS);
    await sendFilm(() => ({ path: players, untilByte: Infinity, indexFrom: 0 }), headers.range, response);
  }
  // By a cookie, since the address names what is watched.
  else if (pathname === '/slow') {
    response.writeHead(302, { location: '/film', 'set-cookie': `${SLOW}; Path=/` }).end();
  } else response.writeHead(404).end('not found');
}
