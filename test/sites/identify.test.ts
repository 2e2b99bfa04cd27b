import { describe, expect, it } from 'vitest';
import { identify } from '../../src/sites/identify.ts';

describe('titles', () => {
  const titleOf = (href: string, documentTitle: string, title?: string) =>
    identify(href, { documentTitle, title }).content?.title;

  it.each([
    ['https://www.netflix.com/watch/1', 'A film - Netflix', 'A film'],
    ['https://films.example/1', ' A film | Films ', 'A film | Films'],
  ])('%s: “%s” is “%s”', (href, documentTitle, title) => expect(titleOf(href, documentTitle)).toBe(title));

  it('what the page shows wins over the document’s title, which is often only the site’s name', () => {
    expect(titleOf('https://www.netflix.com/watch/1', 'Netflix', ' A  film\n')).toBe('A film');
  });

  it('the site’s name alone is none', () => {
    expect(titleOf('https://www.netflix.com/watch/1', 'Netflix')).toBeUndefined();
    expect(titleOf('https://www.netflix.com/watch/1', 'Netflix - Netflix', 'NETFLIX')).toBeUndefined();
    expect(titleOf('https://films.example/1', ' ')).toBeUndefined();
  });
});

it.each([
  ['S1:E6 The End', 1, 6],
  ['T1:E1', 1, 1],
  ['S2:O3', 2, 3],
  ['T1 Ep.2: Piloto', 1, 2],
  ['Season 1, Ep. 4 Four', 1, 4],
  ['S1, E2 · Half Loop', 1, 2],
  ['1. évad 5. rész', undefined, undefined],
])('season and episode are read from “%s”', (episodeText, season, episode) => {
  const { content } = identify('https://www.netflix.com/watch/1', { documentTitle: '', episodeText });
  expect([content?.season, content?.episode]).toEqual([season, episode]);
});
