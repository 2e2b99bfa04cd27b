/** One emoji, as the picker shows it. */
export interface Emoji {
  emoji: string;
  /** What it shows, in English; what is typed is looked for in `words`. */
  label: string;
  words: string;
}

export interface EmojiGroup {
  name: string;
  /** Stands for the group. */
  sign: string;
  emoji: Emoji[];
}

/** In the order of Unicode (UTS #51, emoji ordering); group 2, skin tones and hair, are no emoji by themselves. */
const GROUPS: readonly [order: number, name: string, sign: string][] = [
  [0, 'Smileys', '😀'],
  [1, 'People', '👋'],
  [3, 'Animals and nature', '🐻'],
  [4, 'Food and drink', '🍿'],
  [5, 'Places', '🌍'],
  [6, 'Activities', '🎉'],
  [7, 'Objects', '💡'],
  [8, 'Symbols', '❤️'],
  [9, 'Flags', '🏁'],
];

/** All emoji, from data in the extension itself: half a megabyte, so only once somebody looks for one. */
export async function loadEmoji(): Promise<EmojiGroup[]> {
  const { default: all } = await import('emojibase-data/en/compact.json');
  return GROUPS.map(([order, name, sign]) => ({
    name,
    sign,
    emoji: all
      .filter(({ group }) => group === order)
      .map(({ unicode, label, tags }) => ({
        emoji: unicode,
        label,
        words: [label, ...(tags ?? [])].join(' ').toLowerCase(),
      })),
  }));
}

const FOUND_AT_MOST = 60;

/** Those in whose words each typed word begins one. */
export function findEmoji(groups: readonly EmojiGroup[], typed: string): Emoji[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ words }: Emoji) => wanted.every((word) => ` ${words}`.includes(` ${word}`));
  return groups
    .flatMap(({ emoji }) => emoji)
    .filter(fits)
    .slice(0, FOUND_AT_MOST);
}
