import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeSeen, field, LIMITS, visibleText } from '../../src/protocol/index.ts';

/** What draws nothing, and what piles up, beside letters of scripts that need some of it. */
const NASTY = Array.from(
  [
    '\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u202e\u2060\u2066\u2800',
    '\u3000\u3164\ufe00\ufe0e\ufe0f\ufeff\uffa0\ufff9\ufffc\ufffe\u0000\u0085\u00a0\t\n \u0301\u0323\u0344\u20e3',
    '\u{1d159}\u{16fe4}\u{e0001}\u{e0067}\u{e007f}\u{e0100}\u{1f3f4}\u{1f469}\u{1f3fd}\u2764\u{1f1e9}',
    'Aa1#\u0958\ufb2c\u{1d15e}\u0627\u0644\u0915\u094d\u0d28\u0d4d\u1820\u845b\u1100\u1161\u11a8\u0e17\u0e35',
  ].join(''),
).concat('\ud800');
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 64 }),
  fc.array(fc.constantFrom(...NASTY), { maxLength: 40 }).map((parts) => parts.join('')),
);

describe('what can be seen of a name', () => {
  it.each([
    ['Vietnamese', 'Nguyễn Thị Hồng Ánh'],
    ['Hebrew with points', 'שָׁלוֹם בֶּן־אֲרִי'],
    ['Arabic with vowels', 'مُحَمَّد'],
    ['Persian with a joiner that parts', 'علی\u200cرضا'],
    ['Hindi with a joiner', 'क्\u200dषितिज शर्मा'],
    ['Bengali with a joiner before the virama', 'র\u200d্যাফায়েল'],
    ['Malayalam that ends in one', 'അരവിന്ദന്\u200d'],
    ['Sinhala', 'ශ්\u200dරීමා'],
    ['Tamil', 'ஸ்ரீநிவாசன்'],
    ['Thai', 'ณัฏฐ์ชนก กิ๋ม'],
    ['Burmese', 'လျှို့ဝှက်'],
    ['Khmer', 'ស្រីពៅ'],
    ['Tibetan', 'རྒྱལ་མཚན'],
    ['Mongolian', 'ᠰᠠᠷ\u180eᠠ ᠪ\u180bᠢ'],
    ['Korean', '김민준'],
    ['Japanese with the form of a character', '葛\u{e0100}城 あおい'],
    ['Chinese', '王小明'],
    ['Cyrillic', 'Семён Йовков'],
    ['Greek', 'Ελένη Παπαδοπούλου'],
    ['Amharic', 'አበበ ቢቂላ'],
    ['Georgian', 'ნინო'],
    ['a family of four, and one with tones', '👩‍👩‍👧‍👦👨🏽‍🤝‍👨🏿'],
    ['an emoji as some phones write it', '👁‍🗨🧔‍♂'],
    ['a heart, a keycap, flags of a country and of a region', '❤️5️⃣🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['a pirate and a rainbow', '🏴‍☠️🏳️‍🌈'],
  ])('is all of it: %s', (_title, name) => {
    expect(visibleText(name)).toBe(name.normalize('NFC'));
    expect(field.displayName.parse(name)).toBe(name.normalize('NFC'));
  });

  it.each([
    ['a zero-width space', 'An\u200ba', 'Ana'],
    ['a word joiner, a mark of direction, a soft hyphen', 'A\u2060n\u200e\u00ada\u061c', 'Ana'],
    ['a joiner where nothing joins', 'Ana\u200d\u200c', 'Ana'],
    ['joiners in a row', 'ع\u200c\u200cلی', 'علی'],
    ['a joiner between Latin letters', 'A\u200dna', 'Ana'],
    ['a form of nothing', 'A\ufe0fna5\ufe0f\u{e0100}', 'Ana5'],
    ['tags without a flag', 'Ana\u{e0041}\u{e007f}', 'Ana'],
    ['a joiner after an emoji', '👩\u200d Ana', '👩 Ana'],
    ['fillers', '\u3164Ana\u115f\uffa0', 'Ana'],
    ['half a character', 'Ana\ud83d', 'Ana'],
    ['blanks in rows and at the ends', '\u00a0Ana \u2003 B.\u3000', 'Ana B.'],
    ['a Braille cell without a dot', 'Ana\u2800B', 'Ana B'],
    ['marks that pile up', `A${'\u0323'.repeat(30)}na`, 'Ạ\u0323\u0323\u0323na'],
    ['marks that something keeps apart', `x${'\u0301\u200b'.repeat(9)}`, 'x\u0301\u0301\u0301\u0301'],
    ['marks on nothing', '\u0301Ana \u20ddB', 'Ana B'],
    ['a decomposed letter', 'Jose\u0301', 'José'],
  ])('is the rest without %s', (_title, name, rest) => expect(visibleText(name)).toBe(rest));

  it.each([
    ...[
      '\u200b',
      '\u180e',
      '\u2060',
      '\u3164',
      '\u2800',
      '\u00ad',
      '\ufeff',
      '\u115f',
      '\u034f',
      '\u{e0041}',
    ],
    ...['\u200e', '\ufe0f', '\u0301', ' \u00a0\t', '\u200d\u200c', '\u{1d159}', '\ud83d', ''],
  ])('can be nothing, which is refused: %j', (name) => {
    expect(visibleText(name)).toBe('');
    expect(field.displayName.safeParse(name).success).toBe(false);
  });

  it.each(['\u200b', '\u2800 \u3164', '\ufe0f'])(
    'nothing to be seen is no name of a room either: %j',
    (name) => {
      expect(field.roomId.safeParse(name).success).toBe(false);
    },
  );

  it('does not change by looking again, is never longer, and is taken by every other program', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const seen = visibleText(text);
        expect(visibleText(seen)).toBe(seen);
        expect(seen.length).toBeLessThanOrEqual(text.length);
        expect(seen.isWellFormed()).toBe(true);
        if (!canBeSeen(text)) expect(seen).toBe('');
        if (seen !== '') expect(field.displayName.parse(seen)).toBe(seen);
      }),
      { numRuns: 3000 },
    );
  });

  it('is told for any name that another program passes on', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.anything()), (told) => {
        const { displayName } = field.peer.parse({ userId: 'u', displayName: told });
        expect(displayName).toBe(visibleText(displayName));
        expect(displayName.length).toBeGreaterThan(0);
        expect(displayName.length).toBeLessThanOrEqual(LIMITS.displayNameChars);
      }),
    );
    const named = (displayName: unknown) => field.peer.parse({ userId: 'u', displayName }).displayName;
    expect([named('\u2800'), named(undefined), named('\u202eana'), named('x'.repeat(99))]).toEqual([
      ...['Somebody', 'Somebody', 'ana', 'x'.repeat(64)],
    ]);
  });
});
