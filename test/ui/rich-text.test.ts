import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field } from '../../src/protocol/index.ts';
import { isToMe, richText } from '../../src/ui/chat/rich-text.ts';

const MEMBERS = [
  { displayName: 'Noor', isMe: true },
  { displayName: 'Ana', isMe: false },
  { displayName: 'Ana Lima', isMe: false },
  { displayName: 'J.(o)*', isMe: false },
];
const kinds = (text: string) =>
  richText(text, MEMBERS)
    .filter(({ kind }) => kind !== 'text')
    .map(({ kind, text: said }) => `${kind} ${said}`);

describe('what a message means', () => {
  it.each([
    ['see https://a.example/x?y=1#z.', ['link https://a.example/x?y=1#z']],
    ['(http://a.example)', ['link http://a.example']],
    ['HTTPS://A.EXAMPLE/x', ['link HTTPS://A.EXAMPLE/x']],
    ['https://bank.example@evil.example/', []],
    ['javascript:alert(1) data:text/html,x', []],
    ['https://', []],
    ['back to 12:34, or 1:02:03', ['time 12:34', 'time 1:02:03']],
    ['99:99 and 12:345 and 1.12:30 and 10:20:30:40', []],
    ['hi @Ana Lima and @noor!', ['mention @Ana Lima', 'mention @noor']],
    ['@Anastasia @J.(o)* mail@ana', ['mention @J.(o)*', 'mention @ana']],
  ])('%s', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it('counts a moment in seconds', () => {
    expect(richText('1:02:03', [])).toEqual([{ kind: 'time', text: '1:02:03', positionSec: 3723 }]);
  });

  it('tells whether it speaks to me', () => {
    expect(isToMe(richText('@Noor look', MEMBERS))).toBe(true);
    expect(isToMe(richText('Noor, @Ana', MEMBERS))).toBe(false);
  });

  it.each([
    'Anne-Marie',
    'Anne-Marie O’Neill-Smith (x)',
    '-',
    '[a-',
    '\\',
    '\\u{',
    '(?<x>',
    '/',
    '#&~%,;:',
    '\ud83d',
  ])('finds a member called %s', (displayName) => {
    const named = [{ displayName, isMe: true }];
    const pieces = richText(`hi @${displayName} there`, named);
    expect(pieces).toContainEqual({ kind: 'mention', text: `@${displayName}`, isMe: true });
  });

  it('whatever names are taken and whatever is said: it reads, and loses no character', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('-', '\\', '[', ']', '{', '}', '(', ')', '?', '+', '|', '/', '^', '$', '.', '\u2028'),
    );
    const name = fc
      .array(piece, { minLength: 1, maxLength: 8 })
      .map((parts) => parts.join('').slice(0, 64))
      .filter((text) => field.displayName.safeParse(text).success);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), fc.array(piece), (names, words) => {
        const members = names.map((displayName, at) => ({ displayName, isMe: at === 0 }));
        const text = words.map((word, at) => `${word}@${names[at] ?? word}`).join('');
        expect(
          richText(text, members)
            .map((each) => each.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('makes its expression once for a list of members', () => {
    let made = 0;
    const counted = new Proxy([{ displayName: 'Ana', isMe: false }], {
      get: (list, key, self) => {
        if (key === 'map') made += 1;
        return Reflect.get(list, key, self) as unknown;
      },
    });
    for (let message = 0; message < 100; message += 1) richText('hello @Ana', counted);
    expect(made).toBe(1);
  });

  it('loses no character and never makes a link of what is none', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('https://', 'a.b', '@', 'Ana', '1:23', ' ', '<b>', ':', '//', 'x', '\u202e'),
        ),
        (parts) => {
          const text = parts.join('');
          const pieces = richText(text, MEMBERS);
          expect(pieces.map((piece) => piece.text).join('')).toBe(text);
          for (const piece of pieces) if (piece.kind === 'link') expect(piece.href).toMatch(/^https?:/);
        },
      ),
    );
  });
});
