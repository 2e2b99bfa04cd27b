import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SITES } from '../../../src/sites/index.ts';
import { sendFilm } from '../send-film.ts';
import { selfSigned } from './certificate.ts';
import { liveStream } from './live-stream.ts';

const SITES_FOLDER = new URL('../../sites/', import.meta.url);
const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.html': 'text/html; charset=utf-8',
};
const MEDIA: Record<string, string> = {
  '/film.webm': 'film/film.webm',
  '/ad.webm': 'kit/ad.webm',
  '/live.mpegts': 'players/media/film.mpegts',
  '/hls.js': '../../node_modules/hls.js/dist/hls.min.mjs',
};

/** Played as it is stored, at an address that names it. */
const STORED = /^\/emby\/videos\/\d+\/stream\.webm$/;
/** What runs on anybody's own machine is a host of this domain here, by its name. */
const AT_HOME = '.home.example';

/** What each site sends along, as far as is known (test/sites). */
const HEADERS: Record<string, Record<string, string>> = {
  netflix: {
    'x-frame-options': 'DENY',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; media-src 'self' blob:; connect-src 'self'",
    'permissions-policy': 'camera=(), microphone=()',
  },
  youtube: {
    'x-frame-options': 'SAMEORIGIN',
    'content-security-policy': "require-trusted-types-for 'script'",
    'cross-origin-opener-policy': 'same-origin-allow-popups',
  },
};

export interface SiteServer {
  /** What Chromium needs to take this server for every known site. */
  chromiumArgs: string[];
  /** The same for Firefox, which must not check the certificate either. */
  firefoxPrefs: Record<string, string>;
  close: () => Promise<void>;
}

/** Serves the fixture of every site in test/sites over TLS, each under the site's own host names. */
export async function startSiteServer(): Promise<SiteServer> {
  const live = liveStream();
  const server = createServer(await selfSigned(), (request, response) => {
    void respond(request, response, live).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const rules = [...SITES.flatMap(({ hosts }) => hosts), `*${AT_HOME}`].map(
    (host) => `MAP ${host} 127.0.0.1:${port}`,
  );
  return {
    chromiumArgs: [`--host-resolver-rules=${rules.join(', ')}`, '--ignore-certificate-errors'],
    firefoxPrefs: { 'network.dns.forceResolve': '127.0.0.1', 'network.socket.forcePort': `443=${port}` },
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
  live: (pieces: number) => string,
): Promise<void> {
  const { pathname, searchParams } = new URL(url ?? '/', 'https://site.invalid');
  const host = headers.host?.replace(/:\d+$/, '') ?? '';
  const site = host.endsWith(AT_HOME)
    ? host.slice(0, -AT_HOME.length)
    : SITES.find(({ hosts }) => hosts.some((each) => isOf(host, each)))?.site;
  const media = MEDIA[STORED.test(pathname) ? '/film.webm' : pathname];
  if (media) {
    const sending = {
      path: fileURLToPath(new URL(media, SITES_FOLDER)),
      untilByte: Infinity,
      indexFrom: Infinity,
    };
    return sendFilm(() => sending, headers.range, response);
  }
  if (pathname === '/live.m3u8') {
    response.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'no-store' });
    return void response.end(live(Number(searchParams.get('pieces'))));
  }
  if (!site) return void response.writeHead(404).end();
  const script = /^\/[a-z-]+\/[a-z-]+\.(?:js|css)$/.exec(pathname)?.[0];
  // Every other address of a site is its page, as single-page sites have it.
  const body = script ? await read(script.slice(1)) : await pageOf(site);
  if (!body) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': TYPES[extname(script ?? 'page.html')] ?? 'application/octet-stream',
    'cache-control': 'no-store',
    ...(pathname.startsWith('/embed/') ? {} : HEADERS[site]),
  });
  response.end(body);
}

const read = (file: string) => readFile(new URL(file, SITES_FOLDER), 'utf8').catch(() => null);

/** A site's own page, or the kit's with its script. */
async function pageOf(site: string): Promise<string | null> {
  const own = await read(`${site}/index.html`);
  return own ?? (await read('kit/index.html'))?.replaceAll('{site}', site) ?? null;
}

function isOf(host: string, pattern: string): boolean {
  return pattern.startsWith('*.')
    ? host.endsWith(pattern.slice(1)) || host === pattern.slice(2)
    : host === pattern;
}
