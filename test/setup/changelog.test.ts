import { describe, expect, it } from 'vitest';
import { changelogSection, commitsOf } from './changelog.ts';

const section = (...subjects: string[]) =>
  changelogSection(
    '1.2.0',
    subjects.map((subject) => ({ subject, body: '' })),
  );

describe('the changelog made from commits', () => {
  it('sorts what users notice into sections, with its scope', () => {
    expect(section('fix(chat): keep drafts', 'feat: show who reacted', 'perf(overlay): draw less')).toBe(
      [
        '## [1.2.0]',
        '### Added',
        '- show who reacted',
        '### Changed',
        '- **overlay:** draw less',
        '### Fixed',
        '- **chat:** keep drafts',
      ].join('\n\n'),
    );
  });

  it('keeps the order of git within a section', () => {
    expect(section('fix: second', 'fix: first')).toContain('- second\n- first');
  });

  it('leaves out other types and commits in another form', () => {
    expect(
      section('test(server): cover a rename', 'docs: say more', 'Judge a slow socket once per frame'),
    ).toBe('## [1.2.0]\n\nNothing that users notice.');
  });

  it('puts a breaking change of any type first', () => {
    expect(section('feat: b', 'refactor(server)!: drop the old path')).toContain(
      '### Breaking\n\n- **server:** drop the old path\n\n### Added',
    );
    const body = 'Why.\n\nBREAKING CHANGE: set the new variable.';
    expect(changelogSection('1', [{ subject: 'fix: a', body }])).toContain(
      '### Breaking\n\n- a. set the new variable.',
    );
  });

  it('takes the log of git apart', () => {
    expect(commitsOf('feat: a\nbecause\nof b\n\0\nfix: c\n\0\n')).toEqual([
      { subject: 'feat: a', body: 'because\nof b' },
      { subject: 'fix: c', body: '' },
    ]);
  });
});
