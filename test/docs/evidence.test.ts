import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const LISTS = globSync('docs/evidence/*.md').filter((page) => !page.endsWith('README.md'));
const LONGEST = 200;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

const linesOf = (page: string) => readFileSync(page, 'utf8').split('\n');
const commandsOf = (page: string) =>
  linesOf(page).flatMap((line) => /^ {2}- command: `(.+)`$/.exec(line)?.[1] ?? []);

describe.each(LISTS)('%s', (page) => {
  it(`has lines of at most ${LONGEST} characters`, () => {
    expect(linesOf(page).filter((line) => line.length > LONGEST)).toEqual([]);
  });

  it('gives each promise a command, a figure and a date', () => {
    const entries = readFileSync(page, 'utf8')
      .split(/^- promise: /m)
      .slice(1);
    const whole = /^ {2}- command: `[^`]+`$[^]*^ {2}- figure: .+$[^]*^ {2}- date: 2\d{3}-\d\d-\d\d/m;
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter((entry) => !/^ {2}- command: /m.test(entry) || !whole.test(entry))).toEqual([]);
  });

  it('names only commands and files that are there', () => {
    const gone = commandsOf(page).filter((command) => {
      const script = /^npm run (\S+)/.exec(command)?.[1];
      const files = [...command.matchAll(/(?:^| )(test\/\S+)/g)].map(([, file = '']) => file);
      return (script !== undefined && !(script in scripts)) || !files.every((file) => existsSync(file));
    });
    expect(gone).toEqual([]);
  });
});
