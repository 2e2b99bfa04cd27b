import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { field, roomInLink } from '../../protocol/index.ts';
import type { Hub } from '../hub.ts';
import { homePage, joinPage, problemPage } from '../landing/pages.ts';
import type { AddressBook } from '../limits/address-book.ts';
import { errorFields, type Log, type Now } from '../ports.ts';
import { isAllowedOrigin } from '../transport/origin.ts';
import { readInviteRequest, readRoomId } from './invite.ts';
import { jsonReply, pageReply, send, type Reply } from './response.ts';

export interface SiteOptions {
  hub: Hub;
  addresses: AddressBook;
  nowMs: Now;
  log: Log;
  allowOrigins: readonly string[];
  /** Install page for visitors without the extension, if there is one. */
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

/** Serves the server's pages: health, the invite's landing page and its assets. */
export function createSite(options: SiteOptions): RequestListener {
  const { hub, log, addresses, addressOf } = options;
  const limit = (address: string) => addresses.account(address).take('lookups');
  const assets = new Map([
    ['landing.css', asset('landing.css', 'text/css; charset=utf-8')],
    ['landing.js', asset('landing.js', 'text/javascript; charset=utf-8')],
    ['icon.svg', asset('icon.svg', 'image/svg+xml')],
  ]);

  /** Answers below any path, as the WebSocket does: a proxy may serve everything below one and keep the path. */
  function answer(request: IncomingMessage): Reply {
    const [, path = '', query = ''] = /^([^?#]*)(.*)$/s.exec(request.url ?? '') ?? [];
    const [, folder, name = ''] = /\/(assets|api\/rooms)\/([^/]*)$/.exec(path) ?? [];
    if (request.method === 'OPTIONS' && folder === 'api/rooms') return preflight(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { ...jsonReply(405, { error: 'only GET and HEAD' }), headers: { allow: 'GET, HEAD' } };
    }
    const invite = readInviteRequest(path, query);
    if (invite) return 'reply' in invite ? invite.reply : landing(request, invite);
    if (folder === 'assets') return assets.get(name) ?? notFound();
    if (folder === 'api/rooms') return roomStatus(request, name);
    // Without the uptime: it would reveal when the server has just forgotten its rooms.
    if (path.endsWith('/healthz')) return jsonReply(200, { status: 'ok', ...hub.stats() });
    return path.endsWith('/') ? pageReply(200, homePage()) : notFound();
  }

  function landing(request: IncomingMessage, { roomId, root }: { roomId: string; root: string }): Reply {
    const waitMs = limit(addressOf(request));
    if (waitMs > 0) {
      const busy = pageReply(
        429,
        problemPage('One moment', 'Too many requests. Reload in a few seconds.', root),
      );
      return { ...busy, headers: retryAfter(waitMs) };
    }
    return pageReply(200, joinPage(roomId, hub.previewRoom(roomId), options.installUrl, root));
  }

  const mayAsk = ({ headers }: IncomingMessage) =>
    isAllowedOrigin(headers.origin, headers.host, options.allowOrigins);

  /** Answers the browser's preflight: a page of the extension may send the key. */
  function preflight(request: IncomingMessage): Reply {
    if (!mayAsk(request)) return jsonReply(403, { error: 'not for other sites' });
    const headers = { 'access-control-allow-headers': KEY_HEADER, ...readableBy(request) };
    return { status: 204, type: 'text/plain', body: '', headers };
  }

  function roomStatus(request: IncomingMessage, encoded: string): Reply {
    if (!mayAsk(request)) return jsonReply(403, { error: 'not for other sites' });
    const { name, changed } = roomInLink(encoded);
    const roomId = changed ? null : readRoomId(name ?? '');
    if (roomId === null) return jsonReply(400, { error: 'not a room name' });
    const waitMs = limit(addressOf(request));
    if (waitMs > 0) return jsonReply(429, { error: 'too many requests' }, retryAfter(waitMs));
    return jsonReply(200, hub.previewRoom(roomId, shownKey(request)), readableBy(request));
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

function notFound(): Reply {
  return pageReply(404, problemPage('Nothing here', 'This server has no such page.', ''));
}

/** Reads the key from a header, since addresses are written to logs (KEY-5). */
function shownKey(request: IncomingMessage): string | undefined {
  return field.roomKey.safeParse(request.headers[KEY_HEADER]).data;
}
