import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { SITES } from '../../src/sites/index.ts';
import { bridgeOf } from '../../src/sites/lookup.ts';

it('a site has a page-world.ts exactly if its rule asks for one', () => {
  const withScript = globSync('src/sites/*/page-world.ts').map((path) => basename(dirname(path)));
  const asked = SITES.flatMap((rule) => bridgeOf(rule) ?? []);
  expect(asked.length).toBeGreaterThan(0);
  expect(withScript.sort()).toEqual(asked.sort());
});
