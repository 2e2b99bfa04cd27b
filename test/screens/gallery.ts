export type Scheme = 'light' | 'dark';

/** One state of one page. */
export interface Shot {
  /** The page, in words: a heading of the gallery. */
  group: string;
  name: string;
  url: string;
  /** Of the window, CSS px. */
  width: number;
  /** Where it has one of its own, the picture is of the window and no longer. */
  height?: number;
  /** Those in which it looks different; all if not given. */
  schemes?: readonly Scheme[];
  /** The button to press first, and what is waited for before the picture. */
  press?: string;
  waitFor?: string;
}

/** The file of a picture, in the folder of the gallery. */
export function fileOf({ group, name }: Shot, scheme: string): string {
  return `${group.toLowerCase().replaceAll(' ', '-')}-${name}-${scheme}.png`;
}

/** A page of Markdown that shows all pictures, the schemes side by side. */
export function gallery(shots: readonly Shot[], schemes: readonly string[]): string {
  const groups = [...new Set(shots.map(({ group }) => group))];
  const parts = groups.map((group) => {
    const rows = shots.filter((shot) => shot.group === group).map((shot) => row(shot, schemes));
    return `## ${group}\n\n${rows.join('\n\n')}`;
  });
  return `# Every page and state\n\nMade by \`npm run screens\`, in ${schemes.join(' and ')}.\n\n${parts.join('\n\n')}\n`;
}

function row(shot: Shot, schemes: readonly string[]): string {
  const pictures = (shot.schemes ?? schemes).map(
    (scheme) =>
      `<img src="${fileOf(shot, scheme)}" alt="${shot.group}, ${shot.name}, ${scheme}" width="${Math.min(shot.width, 420)}" />`,
  );
  return `### ${shot.name.replaceAll('-', ' ')}\n\n<p>${pictures.join(' ')}</p>`;
}
