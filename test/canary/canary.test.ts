import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FrameFacts, SiteCheck } from '../../src/messaging/site-check.ts';
import { SITES } from '../../src/sites/index.ts';
import { judge, tableLines } from './judge.ts';
import { fixturePages, savedPages } from './pages.ts';

const URL_OF_FILM = 'https://www.netflix.com/watch/81000001';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canary-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('checks the fixture of every known site, those on anybody’s own machine included', () => {
  const sites = fixturePages().map(({ site }) => site);
  expect(sites).toEqual(SITES.map(({ site }) => site));
  expect(sites).toEqual(expect.arrayContaining(['plex', 'jellyfin', 'emby']));
});

it('a saved page says where it is from, by its browser’s own line or in a file beside it', async () => {
  await writeFile(
    join(folder, 'a.html'),
    `<!DOCTYPE html>\n<!-- saved from url=(0038)${URL_OF_FILM} -->\n<p>`,
  );
  await writeFile(join(folder, 'b.html'), '<p>');
  await writeFile(join(folder, 'b.json'), JSON.stringify({ url: 'https://www.hulu.com/watch/1' }));
  const pages = await savedPages(folder);
  expect(pages.map(({ name, url }) => [name, url])).toEqual([
    ['a.html', URL_OF_FILM],
    ['b.html', 'https://www.hulu.com/watch/1'],
  ]);
});

it('one that does not say is asked about by its name', async () => {
  await writeFile(join(folder, 'lost.html'), '<p>');
  await expect(savedPages(folder)).rejects.toThrow('lost.json beside it');
});

const frame: FrameFacts = {
  isTop: true,
  host: 'www.netflix.com',
  site: { site: 'netflix', name: 'Netflix' },
  kind: 'film',
  contentId: 'netflix:81000001',
  titleShown: true,
  videos: 1,
  named: { films: 1, decoys: 0 },
  unrecognised: false,
  film: null,
  bridge: null,
  adsKnown: true,
  liveKnown: false,
  can: { rate: true, seekToleranceSec: 2 },
  fullScreen: { allowed: true, now: false },
};
const check = (change: Partial<FrameFacts>): SiteCheck => ({
  status: 'looked',
  rulesVersion: 'test',
  frames: [{ ...frame, ...change }],
  hiddenFrameOrigins: [],
  tried: null,
});
const page = (html: string | null) => ({ site: 'netflix', name: 'page', url: URL_OF_FILM, html });

it('of a saved page, in which nothing plays, what its rule looks for must be there', () => {
  expect(judge(page('<p>'), check({})).works).toBe(true);
  expect(judge(page('<p>'), check({ named: { films: 0, decoys: 0 }, titleShown: false })).gone).toEqual([
    'No element is where the rule has the film.',
    'The title is not where the rule has it.',
  ]);
});

it('of a fixture everything must work, and the table says what does not', () => {
  const row = judge(page(null), check({ unrecognised: true }));
  expect(row.works).toBe(false);
  expect(tableLines([row]).join('\n')).toContain('the site may have changed');
});
