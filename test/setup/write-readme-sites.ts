/* `npm run readme:sites`: writes the table of known sites into README.md, from their rules. */
import { readFileSync, writeFileSync } from 'node:fs';
import { README, withSites } from './readme-sites.ts';

writeFileSync(README, await withSites(readFileSync(README, 'utf8')));
