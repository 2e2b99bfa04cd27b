import { describe, expect, it } from 'vitest';
import { contentAddress, sameSite } from '../../src/sites/content-address.ts';
import { identify } from '../../src/sites/identify.ts';

const UUID = '3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21';

describe('the same site', () => {
  it.each([
    ['https://www.youtube.com/watch?v=a', 'https://m.youtube.com/watch?v=b', true],
    [
      'https://www.amazon.de/gp/video/detail/B08XYZ1234',
      'https://www.primevideo.com/detail/B08XYZ1234',
      true,
    ],
    ['https://films.example/1', 'https://films.example/2', true],
    ['http://films.example/1', 'https://films.example/2', false],
    ['http://192.168.1.9:8096/web/#/a', 'http://192.168.1.9:8096/web/#/b', true],
    ['http://192.168.1.9:8096/web/', 'http://192.168.1.9/web/', false],
    ['https://www.youtube.com/watch?v=a', 'http://www.youtube.com/watch?v=b', false],
    ['https://www.youtube.com/watch?v=a', 'https://www.youtube.com:8443/watch?v=b', false],
    ['https://www.youtube.com/watch?v=a', 'https://vimeo.com/76979871', false],
    ['https://films.example/1', 'https://other.films.example/2', false],
    ['https://films.example/1', 'http://127.0.0.1/2', false],
    // Both are Plex by a mark of their pages, but each is somebody's own.
    ['https://one.example/web/', 'https://two.example/web/', false],
  ])('of %s and %s: %s', (from, to, same) => expect(sameSite(from, to)).toBe(same));
});

describe('the address of a film that somebody else names', () => {
  const pages = [
    `https://www.disneyplus.com/play/${UUID}`,
    'https://www.primevideo.com/detail/0KRGHGZCHKS920ZQGY5LBRF7MA',
    'https://www.amazon.de/gp/video/detail/B08XYZ1234',
    `https://play.hbomax.com/video/watch/${UUID}`,
    `https://www.hulu.com/watch/${UUID}`,
    'https://www.crunchyroll.com/watch/GRDQPM1ZY',
    'https://www.peacocktv.com/watch/playback/vod/GMO_1/6bd2',
    'https://www.paramountplus.com/shows/video/Ab3dEf6hIj/',
    'https://tv.apple.com/movie/umc.cmc.4abc',
    'https://www.twitch.tv/videos/2212345678',
    'https://www.twitch.tv/somebody',
    'https://vimeo.com/76979871/0a1b2c3d4e',
    'https://www.netflix.com/watch/70143836',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    'https://films.example/night',
  ];

  it.each(pages)('is %s, as its own page tells it', (url) => {
    const { content } = identify(url, { documentTitle: '' });
    const contentId = content?.contentId ?? '';
    const here = { contentId: new URL('/', url).href, url: new URL('/', url).href };
    expect(contentAddress({ contentId, url }, here)).toBe(url);
    expect(contentAddress({ contentId: `${contentId}x`, url }, here)).toBeNull();
  });

  it.each([
    [
      'an episode, which only the page tells',
      'prime:B08XYZ1234/s2e3',
      'https://www.amazon.de/gp/video/detail/B08XYZ1234',
    ],
    [
      'a stream that is live, which only the page tells',
      'youtube:live/dQw4w9WgXcQ',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    ],
  ])('may be that of %s', (_, contentId, url) => {
    expect(contentAddress({ contentId, url }, { contentId: url, url })).toBe(url);
  });

  it.each([
    ['a list that a film plays over', 'apple:some film', 'https://tv.apple.com/library'],
    [
      'a stream that cannot be watched together',
      'peacock:live/5566',
      'https://www.peacocktv.com/watch/playback/live/5566',
    ],
    [
      'a page that is no film',
      'https://www.youtube.com/redirect?q=x',
      'https://www.youtube.com/redirect?q=x',
    ],
    ['an episode of nothing like it', 'netflix:70143836/s2e3', 'https://www.netflix.com/watch/70143836'],
  ])('is none for %s', (_, contentId, url) => {
    expect(contentAddress({ contentId, url }, { contentId: url, url })).toBeNull();
  });

  it('is none on a site that runs on anybody’s host, whose page alone says what it shows', () => {
    const here = { contentId: 'jellyfin:ab12', url: 'https://media.example/web/#/details?id=ab12' };
    const url = 'https://media.example/logout';
    expect(contentAddress({ contentId: url, url }, here)).toBeNull();
  });
});
