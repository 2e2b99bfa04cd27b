import { certificateIn, certificateOf, keyOfSecret, withCertificate } from '../protocol/index.ts';

/** SHA-256 of a text as UTF-8. */
export type Sha256 = (text: string) => Promise<Uint8Array>;

/** Of 128 bits: as many as of the key that is cut from it. */
export const SECRET_BYTES = 16;

export interface NewRoom {
  roomId: string;
  roomKey: string;
  hostSecret: string;
}

/**
 * A room of that name for somebody who starts a party: the name vouches for the key (KEY-6), and the key for who holds the
 * secret that it was cut from (PROOF-1).
 */
export async function newRoom(name: string, randomBytes: Uint8Array, sha256: Sha256): Promise<NewRoom> {
  const hostSecret = base64Url(randomBytes);
  const roomKey = keyOfSecret(await sha256(hostSecret));
  return { roomId: withCertificate(name, await sha256(roomKey)), roomKey, hostSecret };
}

/**
 * What a room's name says of the key in its invite. `no_word`: the name has no certificate, as those of older and of other
 * clients. `missing`: it has one, and the invite has no key.
 */
export type KeyWord = 'right' | 'wrong' | 'missing' | 'no_word';

export async function whatNameSays(
  { roomId, roomKey }: { roomId: string; roomKey: string | null },
  sha256: Sha256,
): Promise<KeyWord> {
  const certificate = certificateIn(roomId);
  if (certificate === null) return 'no_word';
  if (roomKey === null) return 'missing';
  return certificateOf(await sha256(roomKey)) === certificate ? 'right' : 'wrong';
}

function base64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
