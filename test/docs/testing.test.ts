import { glob, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

/** Of the system and of npm, not ours. */
const FOREIGN = new Set(['PATH', 'DISPLAY', 'WAYLAND_DISPLAY', 'WORDS', 'npm_execpath']);
const READ = /(?:process|import\.meta)\.env\.(\w+)/g;
/** What the build itself fills in. */
const BUILT_IN = new Set(['FIREFOX', 'MANIFEST_VERSION']);

describe('docs/testing.md', () => {
  it('names every environment variable that tests, setup and builds read', async () => {
    const page = await readFile('docs/testing.md', 'utf8');
    const missing = [];
    for await (const file of glob('{src,test,entrypoints}/**/*.{ts,tsx,mjs}')) {
      for (const [, name = ''] of (await readFile(file, 'utf8')).matchAll(READ)) {
        if (!FOREIGN.has(name) && !BUILT_IN.has(name) && !page.includes(`\`${name}\``))
          missing.push(`${name} in ${file}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
