import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { z } from 'zod';
import { CHROME_BUILD } from '../chromium.ts';
import { HARNESS_CONFIG } from './words.ts';

const OWN_BACKGROUND = fileURLToPath(new URL('background.ts', import.meta.url));
/** What of the product goes into a page. */
const SHIPPED = /^(player|bridge-\w+)\.js$/;

/** It may go where the build for tests may. */
const builtManifest = z.object({ host_permissions: z.array(z.string()) });

/** Makes an extension of the product's scripts for pages and a background of tests' own, which connects to `port`. */
export async function makeExtension(folder: string, port: number): Promise<void> {
  await mkdir(folder);
  const scripts = (await readdir(CHROME_BUILD)).filter((name) => SHIPPED.test(name));
  await Promise.all(scripts.map((name) => copyFile(join(CHROME_BUILD, name), join(folder, name))));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      lib: { entry: OWN_BACKGROUND, formats: ['es'], fileName: () => 'background.js' },
    },
  });
  const shipped = builtManifest.parse(
    JSON.parse(await readFile(join(CHROME_BUILD, 'manifest.json'), 'utf8')),
  );
  const manifest = {
    ...shipped,
    manifest_version: 3,
    name: 'Player harness',
    version: '1',
    permissions: ['scripting'],
    background: { service_worker: 'background.js', type: 'module' },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, HARNESS_CONFIG), JSON.stringify({ port }));
}
