import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hash of all that is known of sites: rules, scripts of main worlds, and how pages are read. */
export function rulesVersion(folder: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'))
    .sort();
  for (const name of names) {
    // Git may have checked the text out with either kind of line end.
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    hash.update(JSON.stringify([name, text]));
  }
  return hash.digest('hex').slice(0, 8);
}
