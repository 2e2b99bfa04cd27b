import { existsSync, globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { identify } from '../../src/sites/identify.ts';
import { EXAMPLES, SITES, type SiteName } from '../../src/sites/index.ts';
import { siteOf } from '../../src/sites/lookup.ts';
import type { SiteExamples } from '../../src/sites/site-examples.ts';

/** On a page of this site, which has its marker if it needs one. */
const see = (name: SiteName, url: string, documentTitle = '') => {
  const mark = SITES.find(({ site }) => site === name)?.mark;
  const rule = siteOf(url, (selector) => selector === mark);
  return { site: rule?.site, ...identify(url, { documentTitle }, rule) };
};

describe.each(SITES.map(({ site }) => site))('%s', (site) => {
  const examples: SiteExamples = EXAMPLES[site];

  it.each(examples.pages)('$url', (example) => {
    const seen = see(site, example.url, 'documentTitle' in example ? example.documentTitle : '');
    expect(seen.site).toBe(site);
    if (!('contentId' in example)) return expect(seen.kind).toBe(example.kind);
    const { contentId, kind = 'film', link, title } = example;
    expect(seen.kind).toBe(kind);
    expect(seen.content?.contentId ?? null).toBe(contentId);
    if (title !== undefined) expect(seen.content?.title).toBe(title);
    if (link === undefined) return;
    expect(seen.content?.url).toBe(link);
    expect(see(site, link).content?.contentId).toBe(contentId);
  });

  it('has examples of pages with content', () => {
    expect(examples.pages.filter((example) => 'contentId' in example)).not.toEqual([]);
  });

  it('has a fixture, which is at a page with content', () => {
    expect(see(site, examples.fixture)).toMatchObject({ site, kind: 'film' });
    expect(existsSync(`test/sites/${site}/page.js`)).toBe(true);
  });
});

it('every rule is in the list, so none is forgotten in silence', () => {
  const folders = globSync('src/sites/*/rule.ts').map((path) => basename(dirname(path)));
  expect(folders.sort()).toEqual(SITES.map(({ site }): string => site).sort());
});

it('a site without a fixture does not compile', () => {
  // @ts-expect-error The fixture is missing.
  const examples: SiteExamples = { pages: [] };
  expect(examples).not.toHaveProperty('fixture');
});

it('no build contains an example', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: 'src/sites/lookup.ts', formats: ['es'] } },
  });
  const code = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const text = code.map((each) => ('code' in each ? each.code : '')).join('\n');
  expect(text).toContain('player.vimeo.com');
  for (const { fixture, pages } of Object.values<SiteExamples>(EXAMPLES)) {
    const ids = pages.flatMap((page) => ('contentId' in page ? (page.contentId?.split(':')[1] ?? []) : []));
    const urls = [fixture, ...pages.map(({ url }) => url)].map((url) => `"${url}"`);
    expect([...ids, ...urls].filter((each) => text.includes(each))).toEqual([]);
  }
});
