import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const RULES = [...read('docs/protocol.md').matchAll(/^- \*\*\[([A-Z]+-\d+)\]\*\*/gm)].map(
  ([, id = '']) => id,
);

/** The ids at the beginning of test titles, such as `'[JOIN-2] [CAP-1] …'`. */
function quotedIds(): Set<string> {
  const files = readdirSync(new URL('test', ROOT), { recursive: true, encoding: 'utf8' });
  const titles = files
    .filter((file) => /\.test\.tsx?$/.test(file))
    .flatMap((file) => read(`test/${file}`).match(/['"`](?:\[[A-Z]+-\d+\] )+/g) ?? []);
  return new Set(titles.flatMap((title) => title.match(/[A-Z]+-\d+/g) ?? []));
}

it('docs/protocol.md lists each rule once, the rules of a family in order', () => {
  const byFamily = Object.groupBy(RULES, (id) => id.replace(/-\d+$/, ''));
  for (const [family, ids = []] of Object.entries(byFamily)) {
    expect(ids).toEqual(ids.map((_, at) => `${family}-${at + 1}`));
  }
});

it('every rule of docs/protocol.md is quoted by a test title, and every quoted rule exists', () => {
  expect([...quotedIds()].sort()).toEqual([...RULES].sort());
});
