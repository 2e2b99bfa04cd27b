/** A stretch of a message, with what it means. */
export type Piece =
  | { kind: 'text'; text: string }
  /** `href` is a plain http(s) address without user name or password. */
  | { kind: 'link'; text: string; href: string }
  /** A moment of the film, as "12:34" or "1:02:03". */
  | { kind: 'time'; text: string; positionSec: number }
  /** A member is spoken to. */
  | { kind: 'mention'; text: string; isMe: boolean };

export interface Named {
  displayName: string;
  isMe: boolean;
}

const LINK = String.raw`https?:\/\/[^\s<>"'` + '`' + String.raw`]+`;
const TIME = String.raw`(?<![\d:.])(?:\d{1,2}:)?[0-5]?\d:[0-5]\d(?![\d:])`;
/** What ends a sentence around a link rather than the link. */
const CLINGING = '.,;:!?)]}’”';

/** Made once for a list of members, not once for each message. */
const EXPRESSIONS = new WeakMap<readonly Named[], RegExp>();

/** Finds links, moments and members in what a person wrote. The pieces joined are the text again. */
export function richText(text: string, members: readonly Named[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(expressionOf(members))) {
    const piece = pieceOf(match, members);
    if (!piece) continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push(piece);
    from = match.index + piece.text.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** Whether a message speaks to this person. */
export function isToMe(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => piece.kind === 'mention' && piece.isMe);
}

function expressionOf(members: readonly Named[]): RegExp {
  const known = EXPRESSIONS.get(members) ?? expressionFor(members);
  EXPRESSIONS.set(members, known);
  return known;
}

function expressionFor(members: readonly Named[]): RegExp {
  const names = members
    .map(({ displayName }) => displayName)
    .sort((a, b) => b.length - a.length)
    .map(escaped);
  const mention = names.length === 0 ? '(?!)' : `@(?:${names.join('|')})(?![\\p{L}\\p{N}])`;
  return new RegExp(`(?<link>${LINK})|(?<time>${TIME})|(?<mention>${mention})`, 'giu');
}

function pieceOf({ groups, 0: text }: RegExpExecArray, members: readonly Named[]): Piece | null {
  if (groups?.link !== undefined) return link(withoutClinging(text));
  if (groups?.time !== undefined) return { kind: 'time', text, positionSec: seconds(text) };
  const name = text.slice(1).toLowerCase();
  const named = members.filter(({ displayName }) => displayName.toLowerCase() === name);
  return { kind: 'mention', text, isMe: named.some(({ isMe }) => isMe) };
}

/** Null for what only looks like an address, and for one that hides where it leads before an "@". */
function link(text: string): Piece | null {
  if (!URL.canParse(text)) return null;
  const { href, username, password, protocol } = new URL(text);
  if (username !== '' || password !== '' || !/^https?:$/.test(protocol)) return null;
  return { kind: 'link', text, href };
}

function seconds(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** By hand: an expression that is anchored at the end alone is tried at each character. */
function withoutClinging(text: string): string {
  let end = text.length;
  while (end > 0 && CLINGING.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Exactly the syntax characters: with the flag `u` any other, as a hyphen, may not be escaped (ECMA-262, IdentityEscape). */
function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
