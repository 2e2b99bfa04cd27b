import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { field } from '../../protocol/index.ts';
import type { Hub } from '../hub.ts';
import type { AddressBook } from '../limits/address-book.ts';
import { homePage, joinPage, problemPage } from '../landing/pages.ts';
import { errorFields, type Log, type Now } from '../ports.ts';
import { mayUse } from '../transport/origin.ts';
import { jsonReply, pageReply, send, type Reply } from './response.ts';

export interface SiteOptions {
  hub: Hub;
  addresses: AddressBook;
  nowMs: Now;
  log: Log;
  allowOrigins: readonly string[];
  /** Where the page sends people who do not have the extension, if there is such a place. */
  installUrl: string | null;
  addressOf: (request: IncomingMessage) => string;
}

const KEY_HEADER = 'x-room-key';

const asset = (file: string, type: string): Reply => ({
  status: 200,
  type,
  body: readFileSync(new URL(`../landing/${file}`, import.meta.url), 'utf8'),
  headers: { 'cache-control': 'public, max-age=300' },
});

/** The server's few pages: health, the landing page of an invite, and what that needs. */
export function createSite(options: SiteOptions): RequestListener {
  const { hub, nowMs, log, addresses, addressOf } = options;
  const startedAtMs = nowMs();
  const limit = (address: string) => addresses.account(address).take('looks');
  const assets = new Map([
    ['landing.css', asset('landing.css', 'text/css; charset=utf-8')],
    ['landing.js', asset('landing.js', 'text/javascript; charset=utf-8')],
    ['icon.svg', asset('icon.svg', 'image/svg+xml')],
  ]);

  function answer(request: IncomingMessage): Reply {
    const path = (request.url ?? '/').replace(/[?#].*$/s, '');
    if (request.method === 'OPTIONS' && path.startsWith('/api/rooms/')) return preflight(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { ...jsonReply(405, { error: 'only GET and HEAD' }), headers: { allow: 'GET, HEAD' } };
    }
    if (path === '/') return pageReply(200, homePage());
    if (path === '/healthz') return jsonReply(200, health());
    const [, folder, name = '', slash = ''] = /^\/(assets|join|api\/rooms)\/([^/]*)(\/?)$/.exec(path) ?? [];
    if (folder === 'assets' && !slash) return assets.get(name) ?? notFound('../');
    if (folder === 'join') return landing(request, name, slash ? '../../' : '../');
    if (folder === 'api/rooms' && !slash) return roomStatus(request, name);
    return notFound('/');
  }

  function health() {
    return { status: 'ok', ...hub.stats(), uptimeSec: Math.round((nowMs() - startedAtMs) / 1000) };
  }

  function landing(request: IncomingMessage, encoded: string, root: string): Reply {
    const roomId = readRoomId(encoded);
    if (roomId === null) {
      const advice =
        'The link seems to be cut off or mistyped. Ask your friend to copy the invite link again.';
      return pageReply(400, problemPage('This is not an invite', advice, root));
    }
    const waitMs = limit(addressOf(request));
    if (waitMs > 0) {
      const busy = pageReply(
        429,
        problemPage('One moment', 'Too many requests. Reload in a few seconds.', root),
      );
      return { ...busy, headers: retryAfter(waitMs) };
    }
    return pageReply(200, joinPage(roomId, hub.describe(roomId), options.installUrl, root));
  }

  const mayAsk = ({ headers }: IncomingMessage) => mayUse(headers.origin, headers.host, options.allowOrigins);

  /** A page of the extension asks, by its browser, whether it may show the key. */
  function preflight(request: IncomingMessage): Reply {
    if (!mayAsk(request)) return jsonReply(403, { error: 'not for other sites' });
    const headers = { 'access-control-allow-headers': KEY_HEADER, ...readableBy(request) };
    return { status: 204, type: 'text/plain', body: '', headers };
  }

  function roomStatus(request: IncomingMessage, encoded: string): Reply {
    if (!mayAsk(request)) return jsonReply(403, { error: 'not for other sites' });
    const roomId = readRoomId(encoded);
    if (roomId === null) return jsonReply(400, { error: 'not a room name' });
    const waitMs = limit(addressOf(request));
    if (waitMs > 0) return jsonReply(429, { error: 'too many requests' }, retryAfter(waitMs));
    return jsonReply(200, hub.describe(roomId, shownKey(request)), readableBy(request));
  }

  return (request, response) => {
    try {
      send(request, response, answer(request));
    } catch (error) {
      log.error(errorFields(error), 'a request could not be answered');
      if (!response.headersSent) send(request, response, jsonReply(500, { error: 'internal' }));
    }
  };
}

const readableBy = ({ headers: { origin } }: IncomingMessage) => ({
  ...(origin !== undefined && { 'access-control-allow-origin': origin }),
  vary: 'origin',
});

const retryAfter = (waitMs: number) => ({ 'retry-after': String(Math.ceil(waitMs / 1000)) });

function notFound(root: string): Reply {
  return pageReply(404, problemPage('Nothing here', 'This server has no such page.', root));
}

/** The key comes in a header, since addresses are written to logs (KEY-5). */
function shownKey(request: IncomingMessage): string | undefined {
  return field.roomKey.safeParse(request.headers[KEY_HEADER]).data;
}

/** The room a path segment names; null when it names none. */
function readRoomId(encoded: string): string | null {
  try {
    const parsed = field.roomId.safeParse(decodeURIComponent(encoded));
    return parsed.success ? parsed.data : null;
  } catch {
    // Malformed percent-encoding.
    return null;
  }
}
