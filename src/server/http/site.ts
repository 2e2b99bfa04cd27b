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
  const { hub, log, addresses, addressOf } = options;
  const limit = (address: string) => addresses.account(address).take('lookups');
  const assets = new Map([
    ['landing.css', asset('landing.css', 'text/css; charset=utf-8')],
    ['landing.js', asset('landing.js', 'text/javascript; charset=utf-8')],
    ['icon.svg', asset('icon.svg', 'image/svg+xml')],
  ]);

  /** The same below any path, where the WebSocket is too: a proxy may serve all of it below one and keep the path. */
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
    // Not for how long it has run: who knows that, knows when it has just forgotten its rooms.
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

  /** A page of the extension asks, by its browser, whether it may show the key. */
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

/** The key comes in a header, since addresses are written to logs (KEY-5). */
function shownKey(request: IncomingMessage): string | undefined {
  return field.roomKey.safeParse(request.headers[KEY_HEADER]).data;
}
