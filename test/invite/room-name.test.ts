import { describe, expect, it } from 'vitest';
import {
  PARTY_NAME_BITS,
  PARTY_NAME_CHARS,
  partyName,
  readPartyName,
  readRoomName,
} from '../../src/invite/room-name.ts';
import { ANIMALS, DEEDS, QUALITIES } from '../../src/invite/room-words.ts';

const from = (...draws: number[]) => {
  let next = 0;
  return () => draws[next++ % draws.length] ?? 0;
};

describe('a party name that is made up', () => {
  it('reads as three words', () => {
    expect(partyName(from(0, 0, 0))).toBe('amber-alpaca-admires');
  });

  it('is one of some 880,000, which tell parties apart and keep nobody out', () => {
    expect(PARTY_NAME_BITS).toBeCloseTo(19.8, 1);
  });

  it.each([
    ['qualities', QUALITIES],
    ['animals', ANIMALS],
    ['deeds', DEEDS],
  ])('draws its %s from 96 different lower-case words', (_, words) => {
    expect(new Set(words).size).toBe(words.length);
    expect(words).toHaveLength(96);
    expect(words.filter((word) => !/^[a-z]{3,9}$/.test(word))).toEqual([]);
  });

  it('draws again where the range does not divide evenly, so that no word is likelier', () => {
    const top = 2 ** 32 - 1;
    expect(partyName(from(top, 1, 1, 1))).toBe(partyName(from(1, 1, 1)));
  });

  it('is a name the protocol accepts', () => {
    const seed = crypto.getRandomValues(new Uint32Array(300));
    for (let at = 0; at < 100; at++) {
      const name = partyName(from(...seed.slice(at * 3, at * 3 + 3)));
      expect(readPartyName(name)).toBe(name);
    }
  });
});

describe('a typed room name', () => {
  it('loses the space around it', () => expect(readRoomName('  film night ')).toBe('film night'));

  it.each([
    ['empty', ''],
    ['blank', '   '],
    ['dots', '..'],
    ['nothing that can be seen', '\u200b\u2800'],
    ['a name with its key', 'film#k=q83vEjRWeJASNFZ4kBI0Vg'],
    ['the same, encoded', 'film%23k%3Dq83vEjRWeJASNFZ4kBI0Vg'],
    ['too long', 'x'.repeat(129)],
    ['deceptive', 'a\u202eb'],
  ])('is refused when %s', (_, typed) => expect(readRoomName(typed)).toBeNull());

  it('is refused with half a surrogate pair, which no address can hold', () => {
    expect(readRoomName('film \ud83c')).toBeNull();
  });
});

describe('a typed party name', () => {
  it('leaves room for the certificate', () => {
    expect(readPartyName('x'.repeat(PARTY_NAME_CHARS))).toHaveLength(119);
    expect(readPartyName('x'.repeat(PARTY_NAME_CHARS + 1))).toBeNull();
  });

  it('loses a certificate that was copied with it', () => {
    expect(readPartyName('film night~0123abcd')).toBe('film night');
    expect(readPartyName('~0123abcd')).toBeNull();
  });
});
