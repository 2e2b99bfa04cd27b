/** Makes a section of CHANGELOG.md from Conventional Commits. */

/** Only what a user or host notices; a breaking change of any type is told as well. */
const SECTIONS: Readonly<Record<string, string>> = {
  feat: 'Added',
  fix: 'Fixed',
  perf: 'Changed',
  revert: 'Removed',
};
const ORDER = ['Breaking', 'Added', 'Changed', 'Removed', 'Fixed'];
const SUBJECT = /^(?<type>[a-z]+)(?:\((?<scope>[^)]+)\))?(?<breaking>!)?: (?<what>.+)$/;

export interface Commit {
  subject: string;
  body: string;
}

/** @param log Of `git log --format=%s%n%b%x00`. */
export function commitsOf(log: string): Commit[] {
  const texts = log.split('\0').map((text) => text.trim());
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      const [subject = '', ...body] = text.split('\n');
      return { subject, body: body.join('\n').trim() };
    });
}

/** Newest first within a section, as git tells them. Commits in another form are left out. */
export function changelogSection(title: string, commits: readonly Commit[]): string {
  const sections = new Map<string, string[]>();
  for (const { subject, body } of commits) {
    const { type = '', scope, breaking, what } = SUBJECT.exec(subject)?.groups ?? {};
    if (what === undefined) continue;
    const note = /^BREAKING[ -]CHANGE: (?<note>.+)/m.exec(body)?.groups?.note;
    const section = breaking || note ? 'Breaking' : SECTIONS[type];
    if (section === undefined) continue;
    const line = `- ${scope ? `**${scope}:** ` : ''}${what}${note ? `. ${note}` : ''}`;
    sections.set(section, [...(sections.get(section) ?? []), line]);
  }
  const parts = ORDER.flatMap((name) => {
    const lines = sections.get(name);
    return lines ? [`### ${name}`, lines.join('\n')] : [];
  });
  return [`## [${title}]`, ...(parts.length > 0 ? parts : ['Nothing that users notice.'])].join('\n\n');
}
