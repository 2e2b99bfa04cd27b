/**
 * How a room's name vouches for its key, and its key for whoever made the room (docs/protocol.md, KEY-6 and PROOF). Each is cut
 * from the SHA-256 of the next: host secret → key → certificate at the end of the name. Hashing is the caller's, since
 * browsers and Node do it differently.
 */

/** Crockford's base32 in lower case: no letter that is taken for a digit. */
const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';
const CERTIFICATE_BITS = 40;
const KEY_BYTES = 16;
const MARK = '~';
/** No word, date or random id ends like this by chance, so other clients' names stay free. */
const CERTIFIED = new RegExp(`${MARK}([${BASE32}]{${CERTIFICATE_BITS / 5}})$`);

/** The certificate that a room's name carries, or null where it carries none. */
export function certificateIn(roomId: string): string | null {
  return CERTIFIED.exec(roomId)?.[1] ?? null;
}

/** What a person calls the room: its name without the certificate. */
export function nameWithoutCertificate(roomId: string): string {
  return roomId.replace(CERTIFIED, '');
}

/** A name that vouches for the key whose text has the SHA-256 `keyDigest` (32 bytes). */
export function withCertificate(name: string, keyDigest: Uint8Array): string {
  return `${nameWithoutCertificate(name)}${MARK}${certificateOf(keyDigest)}`;
}

/** The first 40 bits of a key's SHA-256 as eight characters. */
export function certificateOf(keyDigest: Uint8Array): string {
  let bits = 0n;
  for (const byte of keyDigest.subarray(0, CERTIFICATE_BITS / 8)) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: CERTIFICATE_BITS / 5 }, (_, at) => {
    const shift = BigInt(CERTIFICATE_BITS - 5 * (at + 1));
    return BASE32[Number((bits >> shift) & 31n)];
  }).join('');
}

/** The room key, 128 bits as base64url, whose maker holds the secret with this SHA-256 (32 bytes). */
export function keyOfSecret(secretDigest: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...secretDigest.subarray(0, KEY_BYTES)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
