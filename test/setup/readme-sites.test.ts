import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SITES } from '../../src/sites/index.ts';
import { README, withSites } from './readme-sites.ts';

const readme = readFileSync(README, 'utf8');

it('README has a line for each known site, as its rule is now', async () => {
  expect(readme, 'run `npm run readme:sites`').toBe(await withSites(readme));
  for (const { name } of SITES) expect(readme).toContain(`| ${name} `);
});

it('a README without its marks is not written over', async () => {
  await expect(withSites('# StreamSync')).rejects.toThrow('marks');
});
