import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Decisions tell what was, and may name what is gone. */
const PAGES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md')].filter(
  (page) => !/decisions|bench/.test(page),
);
const NAMED = /`((?:src|test|entrypoints|docs)\/[\w./-]+)`/g;
const LINKED = /\]\(([^)#\s:]+)(?:#[^)]*)?\)/g;

describe('the pages of the documentation', () => {
  it.each(PAGES)('%s names only files that are there', (page) => {
    const named = [...readFileSync(page, 'utf8').matchAll(NAMED)].map(([, path = '']) => path);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it.each(PAGES)('%s links only to files that are there', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(LINKED)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(dirname(page), path)))).toEqual([]);
  });
});

/** A test may be named without its ending, and a folder that is made by a command is not there yet. */
function isThere(path: string): boolean {
  return existsSync(path) || existsSync(`${path}.test.ts`) || path.startsWith('test/sites/bench/clips');
}
