import { visibleText } from './display-name.ts';
import { certificateIn, certificateOf, nameWithoutCertificate } from './room-certificate.ts';

/**
 * Reads the end of an invite, `…/join/<room>#k=<key>`, as messengers and mail programs leave it: with "#" and "=" encoded, once
 * or twice, with parameters of theirs, and with what stood around it in a sentence.
 */

const MAX_DECODINGS = 3;
const KEY = /[#?&;/]k=([\w-]{16,128})(?![\w-])/;
/** In a room's name this can only be a key that got into it. */
const KEY_BEGINS = /[#?&]k=/;
/** A key of 128 bits, followed by the underscores of an emphasis. */
const EMPHASISED = /^([\w-]{21}[AQgw])_+$/;

/** The key in what comes behind the room's name, or in all of a link; null where there is none. */
export function keyInLink(link: string): string | null {
  let text = link;
  for (let times = 0; times <= MAX_DECODINGS; times += 1) {
    const key = KEY.exec(text)?.[1];
    if (key !== undefined) return key.replace(EMPHASISED, '$1');
    // Only what a key is found by: the rest of a link may be no encoding of anything.
    text = text.replace(/%(?:2[356f]|3[bdf])/gi, decodeURIComponent);
  }
  return null;
}

const PATH = /^(?<base>.*)\/join\/(?<room>[^/]*)\/?$/is;
const PATH_AND_KEY = /^(?<base>.*)\/join\/(?<room>[^/]+)\/(?<rest>[^/]+)$/is;

export interface InvitePath {
  /** The path below which the server is. */
  base: string;
  /** The room's name; null where its part of the path is no encoding of one. */
  name: string | null;
  /** The key, if it has got before the fragment. */
  key: string | null;
  /** The key, or what is left of it, has got into the path. */
  changed: boolean;
}

/** Reads path and query of a link, as they are written; null where the path is none of an invite. */
export function readInvitePath(path: string, query: string): InvitePath | null {
  const whole = PATH.exec(path)?.groups;
  const { base = '', room = '', rest = '' } = whole ?? PATH_AND_KEY.exec(path)?.groups ?? {};
  if (!whole && keyInLink(`/${rest}`) === null) return null;
  const { name, changed } = roomInLink(room);
  return { base, name, key: keyInLink(`${room}/${rest}${query}`), changed: changed || !whole };
}

/** The room's name from its part of a path; `changed` when the key got into it. */
export function roomInLink(segment: string): { name: string | null; changed: boolean } {
  const name = decoded(segment);
  let text = name;
  for (let times = 1; text !== null && times <= MAX_DECODINGS; times += 1) {
    const end = text.search(KEY_BEGINS);
    if (end >= 0) return { name: text.slice(0, end), changed: true };
    text = decoded(text);
  }
  return { name, changed: false };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Whether a room's name, where it vouches for its key, vouches for the one whose text has this SHA-256. */
export function vouchesFor(roomId: string, keyDigest: Uint8Array): boolean {
  const certificate = certificateIn(roomId);
  return certificate === null || certificate === certificateOf(keyDigest);
}

/** A room as people read it. */
export function roomTitle(roomId: string): string {
  return visibleText(nameWithoutCertificate(roomId)) || roomId;
}
