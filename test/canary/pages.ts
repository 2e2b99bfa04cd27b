import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { SITES } from '../../src/sites/index.ts';

export interface CanaryPage {
  site: string;
  /** `fixture`, or the name of the file that was saved. */
  name: string;
  url: string;
  /** What the real site sent, as a browser saved it; `null` for a fixture, which is served. */
  html: string | null;
}

/** A film's address of each site that has a fixture in test/sites. */
const FIXTURES: Readonly<Record<string, string>> = {
  netflix: 'https://www.netflix.com/watch/81000001',
  youtube: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
  disneyplus: 'https://www.disneyplus.com/play/1f3a6c1e-0b1d-4c57-9a55-8b1f4e7c2d90',
  prime: 'https://www.primevideo.com/detail/0GZ1XKTEX9ABCDEFGHIJKLMNOP/ref=atv_hm',
  max: 'https://play.hbomax.com/video/watch/5c8f2f5e-3d34-4d0c-9f7e-0a1b2c3d4e5f/6d7e8f90-1a2b-4c3d-8e4f-5a6b7c8d9e0f',
  hulu: 'https://www.hulu.com/watch/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
  crunchyroll: 'https://www.crunchyroll.com/watch/GRDQPM1ZY/a-slug',
  peacock: 'https://www.peacocktv.com/watch/playback/vod/GMO_1/variant-1',
  paramount: 'https://www.paramountplus.com/shows/the-long-night/video/Ab3dEf6hIj/one/',
  apple: 'https://tv.apple.com/us/show/the-long-night/umc.cmc.4abc',
  twitch: 'https://www.twitch.tv/videos/2212345678',
  vimeo: 'https://vimeo.com/76979871',
};

export function fixturePages(): CanaryPage[] {
  return SITES.flatMap(({ site }) => {
    const url = FIXTURES[site];
    return url === undefined ? [] : [{ site, name: 'fixture', url, html: null }];
  });
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
