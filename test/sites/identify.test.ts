import { describe, expect, it } from 'vitest';
import { identify } from '../../src/sites/identify.ts';

const words = { documentTitle: '' };
const shown = (href: string) => {
  const { kind, content } = identify(href, words);
  return content ? `${kind} ${content.contentId}` : `${kind} nothing`;
};

describe('one film has one id, whatever the address by which a person came', () => {
  it.each([
    ['https://www.netflix.com/watch/81234567', 'film netflix:81234567'],
    ['https://www.netflix.com/watch/81234567?trackId=155573558&tctx=1%2C0', 'film netflix:81234567'],
    ['https://www.netflix.com/de-en/watch/81234567', 'film netflix:81234567'],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'film youtube:dQw4w9WgXcQ'],
    [
      'https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&list=PL1&index=2&t=90s',
      'film youtube:dQw4w9WgXcQ',
    ],
    ['https://m.youtube.com/watch?v=dQw4w9WgXcQ', 'film youtube:dQw4w9WgXcQ'],
    ['https://music.youtube.com/watch?v=dQw4w9WgXcQ&si=abc', 'film youtube:dQw4w9WgXcQ'],
    ['https://www.youtube.com/live/dQw4w9WgXcQ?feature=shared', 'film youtube:dQw4w9WgXcQ'],
    ['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', 'film youtube:dQw4w9WgXcQ'],
  ])('%s', (href, id) => expect(shown(href)).toBe(id));

  it('and an address that brings a friend there, without what was private about it', () => {
    const { content } = identify('https://www.netflix.com/nl/watch/81234567?trackId=1', words);
    expect(content?.url).toBe('https://www.netflix.com/watch/81234567');
    expect(identify('https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=9', words).content?.url).toBe(
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    );
  });
});

describe('what is no film is not taken for one', () => {
  it.each([
    'https://www.netflix.com/browse?jbv=81234567',
    'https://www.netflix.com/title/81234567',
    'https://www.netflix.com/watch/notanumber',
    'https://www.youtube.com/',
    'https://www.youtube.com/watch?v=tooshort',
    'https://www.youtube.com/results?search_query=x',
  ])('%s', (href) => expect(identify(href, words).kind).toBe('browse'));

  it('Shorts are refused', () => {
    expect(identify('https://www.youtube.com/shorts/dQw4w9WgXcQ', words).kind).toBe('refused');
  });

  it.each(['https://netflix.com.evil.example/watch/1', 'https://www.netflix.com@evil.example/watch/1'])(
    'a page that only looks like a site is none: %s',
    (href) => expect(identify(href, words).kind).toBe('any'),
  );
});

describe('titles', () => {
  const titleOf = (href: string, documentTitle: string, title?: string) =>
    identify(href, { documentTitle, title }).content?.title;

  it.each([
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', '(3) A film - YouTube', 'A film'],
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
