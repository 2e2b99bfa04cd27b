import { describe, expect, it } from 'vitest';
import { readRoomName, roomName, ROOM_NAME_BITS } from '../../src/party/room-name.ts';
import { ANIMALS, DEEDS, QUALITIES } from '../../src/party/room-words.ts';

const from = (...draws: number[]) => {
  let next = 0;
  return () => draws[next++ % draws.length] ?? 0;
};

describe('a generated room name', () => {
  it('reads as three words and four digits', () => {
    expect(roomName(from(0, 0, 0, 7))).toBe('amber-alpaca-admires-0007');
  });

  it('holds at least 32 bits', () => {
    expect(ROOM_NAME_BITS).toBeGreaterThanOrEqual(32);
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
    expect(roomName(from(top, 1, 1, 1, 1))).toBe(roomName(from(1, 1, 1, 1)));
  });

  it('is a name the protocol accepts', () => {
    const seed = crypto.getRandomValues(new Uint32Array(400));
    for (let at = 0; at < 100; at++) {
      const name = roomName(from(...seed.slice(at * 4, at * 4 + 4)));
      expect(readRoomName(name)).toBe(name);
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
