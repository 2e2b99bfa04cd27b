import { z } from 'zod';
import { keyInLink, readInvitePath } from '../protocol/index.ts';
import { readRoomName } from './room-name.ts';
import { socketUrl } from './server-address.ts';

/** Which room on which server. */
export interface Invite {
  /** A ws or wss address. */
  serverUrl: string;
  roomId: string;
  /** Null for a room that is entered by its name alone. */
  roomKey: string | null;
}

// A room of 128 characters is at most 1152 when percent-encoded as UTF-8.
const inviteAddress = z.url({ protocol: /^https?$/ }).max(4000);

/**
 * The address to hand to friends: a page of the server itself, `http(s)://host[:port][/path]/join/<room>#k=<key>`. The
 * key is in the fragment, which no browser sends to any server.
 */
export function inviteUrl({ serverUrl, roomId, roomKey }: Invite): string {
  const server = new URL(serverUrl);
  const base = socketUrl(server, server.protocol === 'wss:' ? 'https:' : 'http:');
  const address = `${base}/join/${encodeURIComponent(roomId.toWellFormed())}`;
  return roomKey === null ? address : `${address}#k=${roomKey}`;
}

/** Reads an invite back, also one that was changed on its way; null for any other address. */
export function parseInvite(address: string): Invite | null {
  const parsed = inviteAddress.safeParse(address);
  if (!parsed.success) return null;
  const url = new URL(parsed.data);
  if (url.username !== '' || url.password !== '') return null;
  const path = readInvitePath(url.pathname, url.search);
  const roomId = readRoomName(path?.name ?? '');
  if (path === null || roomId === null) return null;
  const roomKey = keyInLink(url.hash) ?? path.key;
  url.pathname = path.base;
  return { serverUrl: socketUrl(url, url.protocol === 'https:' ? 'wss:' : 'ws:'), roomId, roomKey };
}
