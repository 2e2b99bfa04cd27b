/**
 * Whether JSON text nests arrays and objects at most `maxDepth` levels deep. Judged on the text, since whatever walks a parsed
 * value by recursion, `JSON.stringify` among it, ends with a RangeError some thousand levels down.
 */
export function nestsWithin(text: string, maxDepth: number): boolean {
  // Each level takes two characters.
  if (text.length <= 2 * maxDepth) return true;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === BRACKET || code === BRACE) {
      depth += 1;
      if (depth > maxDepth) return false;
    } else if (code === BRACKET_END || code === BRACE_END) depth -= 1;
  }
  return true;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
