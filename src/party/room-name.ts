import { field, roomInLink } from '../protocol/index.ts';
import { ANIMALS, DEEDS, QUALITIES } from './room-words.ts';

/** A source of whole numbers spread evenly over 0 to 2^32 - 1. */
export type RandomUint32 = () => number;

const NUMBERS = 10_000;

/**
 * How many names there are, as bits: log2(96 · 96 · 96 · 10,000) = 33.0. Whoever knows a room's name can enter it,
 * so at 100 guesses a second a stranger needs some 1,000 days to go through them all on one server.
 */
export const ROOM_NAME_BITS = Math.log2(QUALITIES.length * ANIMALS.length * DEEDS.length * NUMBERS);

/** A new room's name, like `amber-otter-paints-4821`. */
export function roomName(random: RandomUint32): string {
  const word = (words: readonly string[]) => words[below(words.length, random)];
  const number = () => String(below(NUMBERS, random)).padStart(4, '0');
  return [word(QUALITIES), word(ANIMALS), word(DEEDS), number()].join('-');
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
