import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS, tellApart } from '../../src/protocol/index.ts';

const people = (names: readonly string[]) =>
  names.map((displayName, at) => ({ userId: `u${at}`, displayName }));
const shown = (...names: string[]) => {
  const all = people(names);
  return all.map(tellApart(all));
};

describe('people of equal names', () => {
  it('are told apart by a number, in the order of presence', () => {
    expect(shown('Ana', 'Ben', 'Ana', 'Ana')).toEqual(['Ana', 'Ben', 'Ana (2)', 'Ana (3)']);
  });

  it.each([
    ['case', 'Ana', 'aNA'],
    ['width', 'Ana', 'Ａｎａ'],
    ['the style of letters', 'Ana', '𝐀𝓷𝖆'],
    ['Cyrillic letters', 'Ana', '\u0410n\u0430'],
    ['Cyrillic capitals', 'HOBEP', '\u041d\u041e\u0412\u0415\u0420'],
    ['Greek letters', 'Nick', '\u039dick'],
    ['case, of Greek with a sigma at its end', 'Νίκος', 'ΝΊΚΟΣ'],
    ['one, el and capital i', 'Ilse', '1lse'],
    ['a dotless i', 'Ali', 'Alı'],
    ['a joiner that a script may have', 'علی', 'ع\u200cلی'],
    ['the form of a character', '葛城', '葛\u{e0100}城'],
  ])('differ in no more than %s', (_what, one, other) => {
    expect(shown(one, other)).toEqual([one, `${other} (2)`]);
  });

  it.each([
    ['Ana', 'Ava'],
    ['José', 'Jose'],
    ['Вова', 'Boba'],
    ['Ana B', 'AnaB'],
  ])('are not %s and %s', (one, other) => expect(shown(one, other)).toEqual([one, other]));

  it('cannot be had by calling oneself so', () => {
    expect(shown('Ana', 'Ana (2)', 'Ana')).toEqual(['Ana', 'Ana (2)', 'Ana (3)']);
    expect(shown('Ana', 'Ana', 'ana (2)')).toEqual(['Ana', 'Ana (2)', 'ana (2) (2)']);
  });

  it('keep the bound of a name', () => {
    const long = 'x'.repeat(LIMITS.displayNameChars);
    expect(shown(long, long)[1]).toBe(`${'x'.repeat(60)} (2)`);
  });

  it('are one where somebody was called otherwise before', () => {
    const nameOf = tellApart([
      { userId: 'u', displayName: 'Ana' },
      { userId: 'u', displayName: 'ANA' },
      { userId: 'v', displayName: 'ana' },
    ]);
    expect(nameOf({ userId: 'u', displayName: 'ANA' })).toBe('ANA');
    expect(nameOf({ userId: 'v', displayName: 'ana' })).toBe('ana (2)');
    expect(nameOf({ userId: 'w', displayName: 'ana' })).toBe('ana');
  });

  it('are never shown alike, and who comes later changes nobody’s name', () => {
    const names = fc.array(fc.constantFrom('Ana', 'ana', '\u0410na', 'Ana (2)', 'Ana (2) (2)', 'Ben'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(names, fc.nat(12), (all, count) => {
        const labels = shown(...all).map((label) => label.toLowerCase().replaceAll('\u0430', 'a'));
        expect(new Set(labels).size).toBe(labels.length);
        expect(shown(...all.slice(0, count))).toEqual(shown(...all).slice(0, count));
      }),
    );
  });
});
