/**
 * What of a text can be seen. Unicode has thousands of characters that draw nothing, and marks that pile up without end: with
 * them one name passes for another, for none, or covers the lines around it.
 */

/** Scripts whose letters change their form or meaning by a joiner between them (Unicode 17, chapters 9, 12, 13 and 16). */
const JOINING = [
  'Arab Syrc Mong Nkoo Adlm Mand Phag',
  'Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Newa',
]
  .concat('Mymr Khmr Java Bali')
  .flatMap((scripts) => scripts.split(' '))
  .map((script) => `\\p{sc=${script}}`)
  .join('');
const LETTER = `[[${JOINING}]&&\\p{L}]`;
const MARK = `[[${JOINING}]&&\\p{M}]`;
/** Between two letters, or a letter and a sign of its own; and where Malayalam ends a word in a virama. */
const JOINER = String.raw`(?<=${LETTER})[\u200c\u200d](?=${LETTER}|${MARK})|(?<=${MARK})[\u200c\u200d](?=${LETTER})|(?<=\u0d4d)\u200d`;

const PICTURE = String.raw`\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|[\ufe0e\ufe0f])?`;
/** UTS #51: pictures joined to one, flags of regions, keycaps. Flags of countries hold nothing that cannot be seen. */
const EMOJI = String.raw`\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}|${PICTURE}(?:\u200d${PICTURE})*|[0-9#*]\ufe0f\u20e3`;

const MONGOLIAN = String.raw`[\p{sc=Mong}&&\p{L}]`;
/** Which form of a character is meant: of an ideograph in a Japanese name, of a letter in Mongolian. */
const FORM = String.raw`(?<=\p{Unified_Ideograph})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|(?<=${MONGOLIAN})(?:[\u180b-\u180d\u180f]|\u180e(?=${MONGOLIAN}))`;

/** `\p{DI}` is what Unicode says to draw nothing for; a null notehead and the frames of annotations draw nothing either. */
const UNSEEN = String.raw`[[\p{Cc}--\s]\p{Cs}\p{DI}\p{Noncharacter_Code_Point}\ufff9-\ufffc\u{1d159}\u{16fe4}]`;

/** Made when first needed: every page with a player loads this, and nearly all names are plain. */
let keptOrUnseen: RegExp | undefined;
/** The empty Braille cell is a blank like any other. */
const BLANKS = /[\s\u2800]+/gu;
/** A mark without a letter would sit on what stands before the text. */
const MARKS_ON_NOTHING = /(^| )\p{M}+/gu;
/** Hebrew with points and accents, Burmese and Tibetan need four; marks with a width of their own do not pile up. */
const PILED_MARKS = /([\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+/gu;
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const INK = /[^\s\u2800\p{M}\p{Cc}\p{Cs}\p{DI}]/u;

/** What was found of late: a person's name comes with each of their lines. */
const looked = new Map<string, string>();
const MAX_LOOKED = 200;

/** A text without what nobody can see, composed; empty where nothing is left, and never longer than before. */
export function visibleText(text: string): string {
  if (PLAIN.test(text)) return text;
  let known = looked.get(text);
  if (known === undefined) {
    known = look(text);
    if (looked.size >= MAX_LOOKED) looked.clear();
    looked.set(text, known);
  }
  return known;
}

function look(text: string): string {
  for (let before = text; ;) {
    const after = pass(before);
    if (after === before) return after;
    // What was taken out can have stood between others.
    before = after;
  }
}

/** Whether anything of it can be seen; cheaper than {@link visibleText}, for long texts. */
export function canBeSeen(text: string): boolean {
  return INK.test(text);
}

function pass(text: string): string {
  keptOrUnseen ??= new RegExp(`(${EMOJI}|${JOINER}|${FORM})|${UNSEEN}`, 'gv');
  const seen = text
    .replace(keptOrUnseen, '$1')
    .replace(BLANKS, ' ')
    .trim()
    .replace(MARKS_ON_NOTHING, '$1')
    .replace(PILED_MARKS, '$1');
  const composed = seen.normalize('NFC');
  // A few letters of Hebrew and Indic scripts are longer composed, and the text could outgrow its bound.
  return composed.length <= seen.length ? composed : seen;
}
