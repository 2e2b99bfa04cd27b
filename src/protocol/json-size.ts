import { LIMITS } from './limits.ts';

/**
 * Whether a JSON value that is passed on unread has at most `maxChars` characters as text, and at most
 * {@link LIMITS.jsonValues} values in it. The values are counted first: thousands of short keys cost a hundred times more than
 * one string of the same size, here and wherever they are written or read again.
 */
export function fitsJson(value: unknown, maxChars: number): boolean {
  return countsWithin(value, LIMITS.jsonValues) && JSON.stringify([value]).length - 2 <= maxChars;
}

/** Counts without recursion, and no further than `most`. */
function countsWithin(value: unknown, most: number): boolean {
  const open = [value];
  for (let counted = 0; open.length > 0; counted += 1) {
    if (counted + open.length > most) return false;
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inside = Array.isArray(next) ? next.length : Object.keys(next).length;
    if (counted + open.length + inside > most) return false;
    for (const each of Object.values(next)) open.push(each);
  }
  return true;
}
