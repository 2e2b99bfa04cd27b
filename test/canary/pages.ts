import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { EXAMPLES, SITES } from '../../src/sites/index.ts';

export interface CanaryPage {
  site: string;
  /** `fixture`, or the name of the file that was saved. */
  name: string;
  url: string;
  /** What the real site sent, as a browser saved it; `null` for a fixture, which is served. */
  html: string | null;
}

/** Of each site the page that its fixture in test/sites shows. */
export function fixturePages(): CanaryPage[] {
  return SITES.map(({ site }) => ({ site, name: 'fixture', url: EXAMPLES[site].fixture, html: null }));
}

/** Chromium and Firefox write it when they save a page. */
const SAVED_FROM = /<!--\s*saved from url=\(\d+\)(?<url>https:\/\/\S+)\s*-->/;
const beside = z.object({ url: z.url({ protocol: /^https$/ }) });

/** Every `*.html` of a folder, with where it was saved from: as its browser wrote into it, or `{"url": …}` in a `.json` beside it. */
export async function savedPages(folder: string): Promise<CanaryPage[]> {
  const names = (await readdir(folder)).filter((name) => /\.html?$/i.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const html = await readFile(path, 'utf8');
      const json = await readFile(path.replace(/\.html?$/i, '.json'), 'utf8').catch(() => null);
      const url =
        json === null ? SAVED_FROM.exec(html)?.groups?.url : beside.safeParse(JSON.parse(json)).data?.url;
      if (url === undefined) {
        throw new Error(
          `${path} does not say where it was saved from: put {"url": "https://…"} into ${basename(name).replace(/\.html?$/i, '.json')} beside it`,
        );
      }
      return { site: new URL(url).hostname, name, url, html };
    }),
  );
}
