import { field, LIMITS, nameWithoutCertificate, roomInLink, withCertificate } from '../protocol/index.ts';
import { ANIMALS, DEEDS, QUALITIES } from './room-words.ts';

/** A source of whole numbers spread evenly over 0 to 2^32 - 1. */
export type RandomUint32 = () => number;

const CERTIFICATE_CHARS = withCertificate('', new Uint8Array(5)).length;

/** The longest name that a person can give a party: the certificate follows it (KEY-6). */
export const PARTY_NAME_CHARS = LIMITS.roomIdChars - CERTIFICATE_CHARS;

/**
 * How many names a party may be given, as bits: log2(96 · 96 · 96) = 19.8. That is for friends, who are to tell one from another:
 * what a stranger would have to guess is the key.
 */
export const PARTY_NAME_BITS = Math.log2(QUALITIES.length * ANIMALS.length * DEEDS.length);

/** A new party's name, like `amber-otter-paints`. */
export function partyName(random: RandomUint32): string {
  const word = (words: readonly string[]) => words[below(words.length, random)];
  return [word(QUALITIES), word(ANIMALS), word(DEEDS)].join('-');
}

/** What a person typed as the name of a new party, or null when it cannot be called so. */
export function readPartyName(typed: string): string | null {
  const name = readRoomName(nameWithoutCertificate(typed.trim()));
  return name !== null && name.length <= PARTY_NAME_CHARS ? name : null;
}

/** What a person typed as a room's name, or null when no room can have it, or nobody could be invited there. */
export function readRoomName(typed: string): string | null {
  const name = field.roomId.safeParse(typed.trim()).data;
  return name !== undefined && name.isWellFormed() && fitsLink(name) ? name : null;
}

/** An address cannot hold dots alone as a part of its path, and what reads like a key in it is one. */
function fitsLink(name: string): boolean {
  return !/^\.{1,2}$/.test(name) && !roomInLink(encodeURIComponent(name)).changed;
}

/** Evenly spread over 0 to `bound` - 1: the top of the range that does not divide evenly is drawn again. */
function below(bound: number, random: RandomUint32): number {
  const range = 2 ** 32;
  const usable = range - (range % bound);
  for (;;) {
    const drawn = random();
    if (drawn < usable) return drawn % bound;
  }
}
