import { visibleText } from './display-name.ts';
import type { Peer } from './fields.ts';
import { LIMITS } from './limits.ts';

/**
 * Letters of Cyrillic and Greek that look like a Latin one in most fonts, out of Unicode's list of confusables, and what is
 * taken for each other among Latin letters and digits. Somebody who wants to pass for "Ana" has these at hand; a missed one
 * costs a number after a name, and a pair too many does as little harm.
 */
const LOOK_ALIKES = new Map(
  [
    ['АВЕЅІЈКМНОРСТУХӀҺԚԜ', 'ABESlJKMHOPCTYXlhQW'],
    ['аеѕіјкорсухӏһԁԛԝѵ', 'aesijkopcyxlhdqwv'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHlKMNOPTYX'],
    ['αγικνορυχ', 'ayikvopux'],
    ['ıɑɡI1|0', 'iaglllo'],
  ].flatMap(([theirs = '', latin = '']) => Array.from(theirs, (letter, at) => [letter, latin[at] ?? letter])),
);

/**
 * Tells people of equal names apart, by a number from the second on: "Ana", "Ana (2)". Equal is what differs in case, width or
 * look-alikes only. `people` come in the order of presence, so that whoever takes another's name later gets the number.
 * @returns The name to show for one of them; who is not among them keeps theirs.
 */
export function tellApart(people: Iterable<Peer>): (person: Peer) => string {
  const shown = new Map<string, string>();
  /** Which looks are whose. */
  const taken = new Map<string, string>();
  const next = new Map<string, number>();
  for (const person of people) {
    const id = idOf(person);
    if (shown.has(id)) continue;
    const { userId, displayName } = person;
    const look = lookOf(displayName);
    for (let count = 1; ; count = Math.max(count + 1, next.get(look) ?? 2)) {
      // Somebody may have given "Ana (2)" as a name.
      const label = numbered(displayName, count);
      const looks = [foldOf(label), lookOf(label)];
      if (looks.some((each) => (taken.get(each) ?? userId) !== userId)) continue;
      for (const each of looks) taken.set(each, userId);
      shown.set(id, label);
      next.set(look, count + 1);
      break;
    }
  }
  return (person) => shown.get(idOf(person)) ?? person.displayName;
}

/** Somebody who was called otherwise is told apart under that name, too. */
const idOf = ({ userId, displayName }: Peer) => JSON.stringify([userId, displayName]);

function numbered(name: string, count: number): string {
  if (count === 1) return name;
  const number = ` (${count})`;
  return visibleText(name.slice(0, LIMITS.displayNameChars - number.length)) + number;
}

const seen = (name: string) => name.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
const foldOf = (name: string) => seen(name).normalize('NFKC').toUpperCase().toLowerCase();
/** Without regard to what a letter is, only to how it looks. */
const lookOf = (name: string) =>
  Array.from(seen(name).normalize('NFKD'), (letter) => LOOK_ALIKES.get(letter) ?? letter)
    .join('')
    .toLowerCase();
