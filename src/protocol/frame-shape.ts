export type FrameShape = 'fits' | 'too deep' | 'too many values';

/**
 * Whether JSON text nests arrays and objects at most `nesting` levels deep and has at most `values` values in them. Judged on
 * the text: whatever walks a parsed value by recursion, `JSON.stringify` among it, ends with a RangeError some thousand levels
 * down, and parsing thousands of values takes many times longer than one string of the same size.
 */
export function shapeOf(text: string, most: { nesting: number; values: number }): FrameShape {
  // Each level, and each value with what parts it from the next, takes two characters.
  if (text.length <= 2 * Math.min(most.nesting, most.values)) return 'fits';
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === BRACKET || code === BRACE) {
      depth += 1;
      values += 1;
      if (depth > most.nesting) return 'too deep';
    } else if (code === BRACKET_END || code === BRACE_END) depth -= 1;
    else if (code === COMMA) values += 1;
    if (values > most.values) return 'too many values';
  }
  return 'fits';
}

/** The text of the value that the outermost object has under `key`, if that is a string; the last, as `JSON.parse` has it. */
export function stringUnder(text: string, key: string): string | undefined {
  const quoted = `"${key}"`;
  let depth = 0;
  let found: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BRACKET || code === BRACE) depth += 1;
    else if (code === BRACKET_END || code === BRACE_END) depth -= 1;
    else if (code === QUOTE) {
      const end = endOfString(text, at);
      if (depth === 1 && text.startsWith(quoted, at)) found = stringAfterColon(text, end + 1) ?? found;
      at = end;
    }
  }
  return found;
}

function stringAfterColon(text: string, from: number): string | undefined {
  const start = /^\s*:\s*(?=")/.exec(text.slice(from, from + MAX_SPACES))?.[0].length;
  return start === undefined ? undefined : text.slice(from + start, endOfString(text, from + start) + 1);
}

/** Of the quote that ends the string begun at `start`, or of the text's last character. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at += 1;
  }
  return text.length - 1;
}

/** Between a key and its value in text that somebody may have laid out by hand. */
const MAX_SPACES = 32;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
