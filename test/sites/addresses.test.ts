import { describe, expect, it } from 'vitest';
import { identify, isNamedByAddress } from '../../src/sites/identify.ts';
import { SITES } from '../../src/sites/index.ts';
import { siteOf } from '../../src/sites/lookup.ts';

const UUID = '3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21';
const OTHER = 'b7e1d0c2-1111-4222-8333-944455566677';

const see = (href: string) => identify(href, { documentTitle: '' });
const shown = (href: string) => {
  const { kind, content } = see(href);
  return `${kind} ${content?.contentId ?? 'nothing'}`;
};

describe('one film has one id, in whatever language and by whatever way a person came', () => {
  it.each([
    [`https://www.disneyplus.com/play/${UUID}`, `film disneyplus:${UUID}`],
    [`https://www.disneyplus.com/pl-pl/play/${UUID}`, `film disneyplus:${UUID}`],
    [`https://www.disneyplus.com/zh-hant/play/${UUID}?distributionPartner=x`, `film disneyplus:${UUID}`],
    [`https://www.disneyplus.com/es-419/video/${UUID}`, `film disneyplus:${UUID}`],
    ['https://www.primevideo.com/detail/0KRGHGZCHKS920ZQGY5LBRF7MA', 'film prime:0KRGHGZCHKS920ZQGY5LBRF7MA'],
    [
      'https://www.primevideo.com/-/de/region/eu/detail/0KRGHGZCHKS920ZQGY5LBRF7MA/ref=atv_hm?jic=1',
      'film prime:0KRGHGZCHKS920ZQGY5LBRF7MA',
    ],
    [
      'https://www.primevideo.com/detail/A-Show/0KRGHGZCHKS920ZQGY5LBRF7MA',
      'film prime:0KRGHGZCHKS920ZQGY5LBRF7MA',
    ],
    ['https://www.amazon.co.jp/gp/video/detail/B08XYZ1234/ref=x', 'film prime:B08XYZ1234'],
    ['https://www.amazon.de/-/en/gp/video/detail/B08XYZ1234', 'film prime:B08XYZ1234'],
    ['https://www.amazon.com/A-Show/dp/B08XYZ1234', 'film prime:B08XYZ1234'],
    [`https://play.hbomax.com/video/watch/${UUID}/${OTHER}`, `film max:${UUID}`],
    [`https://play.max.com/video/watch/${UUID}`, `film max:${UUID}`],
    [`https://www.hulu.com/watch/${UUID}`, `film hulu:${UUID}`],
    ['https://www.crunchyroll.com/watch/GRDQPM1ZY/a-slug', 'film crunchyroll:GRDQPM1ZY'],
    ['https://www.crunchyroll.com/pt-br/watch/GRDQPM1ZY/outro', 'film crunchyroll:GRDQPM1ZY'],
    ['https://www.crunchyroll.com/de/watch/GRDQPM1ZY', 'film crunchyroll:GRDQPM1ZY'],
    [
      'https://www.peacocktv.com/watch/playback/vod/GMO_00000000123_01/6bd2f1f0-11aa',
      'film peacock:GMO_00000000123_01',
    ],
    [
      'https://www.peacocktv.com/watch/playback/live/5566/7788',
      'refused https://www.peacocktv.com/watch/playback/live/5566/7788',
    ],
    ['https://www.paramountplus.com/shows/a-show/video/Ab3dEf6hIj/slug/', 'film paramount:Ab3dEf6hIj'],
    ['https://www.paramountplus.com/gb/shows/video/Ab3dEf6hIj/', 'film paramount:Ab3dEf6hIj'],
    ['https://www.paramountplus.com/movies/a-film/Ab3dEf6hIj/', 'film paramount:Ab3dEf6hIj'],
    ['https://www.paramountplus.com/movies/video/Ab3dEf6hIj/', 'film paramount:Ab3dEf6hIj'],
    ['https://tv.apple.com/us/episode/half-loop/umc.cmc.2s0xyz?playableId=1', 'film apple:umc.cmc.2s0xyz'],
    ['https://tv.apple.com/movie/umc.cmc.4abc', 'film apple:umc.cmc.4abc'],
    ['https://www.twitch.tv/videos/2212345678?filter=all', 'film twitch:v2212345678'],
    ['https://www.twitch.tv/somebody/v/2212345678', 'film twitch:v2212345678'],
    ['https://player.twitch.tv/?video=v2212345678&parent=films.example', 'film twitch:v2212345678'],
    ['https://www.twitch.tv/somebody', 'live twitch:live/somebody'],
    ['https://player.twitch.tv/?channel=somebody&parent=films.example', 'live twitch:live/somebody'],
    ['https://vimeo.com/76979871', 'film vimeo:76979871'],
    ['https://vimeo.com/76979871/0a1b2c3d4e', 'film vimeo:76979871'],
    ['https://vimeo.com/channels/staffpicks/76979871', 'film vimeo:76979871'],
    ['https://player.vimeo.com/video/76979871?h=0a1b2c3d4e&app_id=1', 'film vimeo:76979871'],
    ['https://vimeo.com/ondemand/afilm/76979871', 'film vimeo:ondemand/afilm/76979871'],
  ])('%s', (href, id) => expect(shown(href)).toBe(id));

  it.each([
    [`https://www.disneyplus.com/pl-pl/play/${UUID}?x=1`, `https://www.disneyplus.com/play/${UUID}`],
    [
      `https://play.max.com/video/watch/${UUID}/${OTHER}?utm_source=x`,
      `https://play.hbomax.com/video/watch/${UUID}/${OTHER}`,
    ],
    [`https://play.max.com/video/watch/${UUID}`, `https://play.hbomax.com/video/watch/${UUID}`],
    [
      'https://www.amazon.de/-/en/gp/video/detail/B08XYZ1234/ref=x',
      'https://www.amazon.de/gp/video/detail/B08XYZ1234',
    ],
    [
      'https://www.peacocktv.com/watch/playback/vod/GMO_1/6bd2?x=1',
      'https://www.peacocktv.com/watch/playback/vod/GMO_1/6bd2',
    ],
    ['https://player.twitch.tv/?channel=somebody&parent=films.example', 'https://www.twitch.tv/somebody'],
    ['https://vimeo.com/76979871/0a1b2c3d4e?share=copy', 'https://vimeo.com/76979871/0a1b2c3d4e'],
    ['https://player.vimeo.com/video/76979871?h=0a1b2c3d4e', 'https://vimeo.com/76979871/0a1b2c3d4e'],
  ])('%s brings a friend to %s', (href, link) => {
    expect(see(href).content?.url).toBe(link);
    expect(see(link).content?.contentId).toBe(see(href).content?.contentId);
  });
});

describe('what is no film is not taken for one', () => {
  it.each([
    'https://www.disneyplus.com/home',
    `https://www.disneyplus.com/browse/entity-${UUID}`,
    'https://www.primevideo.com/storefront',
    'https://www.amazon.com/s?k=film',
    'https://play.hbomax.com/home',
    `https://play.hbomax.com/show/${UUID}`,
    'https://www.hulu.com/hub/home',
    'https://www.crunchyroll.com/series/GY9PJ5KWR/a-series',
    'https://www.peacocktv.com/watch/asset/tv/a-show/123',
    'https://www.paramountplus.com/shows/a-show/',
    'https://www.paramountplus.com/live-tv/stream/x',
    'https://www.twitch.tv/',
    'https://www.twitch.tv/directory',
    'https://www.twitch.tv/directory/category/chess',
    'https://www.twitch.tv/settings',
    'https://vimeo.com/watch',
    'https://vimeo.com/somebody',
  ])('%s', (href) => expect(see(href).kind).toBe('browse'));

  it.each([
    'https://disneyplus.com.evil.example/play/x',
    'https://evil-primevideo.com/detail/0KRGHGZCHK',
    'https://www.twitch.tv.evil.example/somebody',
    'http://media.home.example:8096/web/#/video',
  ])('a page that only looks like a site is none by its address: %s', (href) =>
    expect(see(href).kind).toBe('any'),
  );
});

it('no two sites share a name, and each is known by a host or a mark', () => {
  expect(new Set(SITES.map(({ site }) => site)).size).toBe(SITES.length);
  for (const { hosts, mark } of SITES) expect(hosts.length > 0 || mark !== undefined).toBe(true);
});

it.each([
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', true],
  ['https://films.example/night', true],
  ['https://www.primevideo.com/detail/0KRGHGZCHKS920ZQGY5LBRF7MA', false],
  ['https://app.plex.tv/desktop/#!/', false],
  ['https://tv.apple.com/', false],
])('%s: another film has another address: %s', (href, named) =>
  expect(isNamedByAddress(href, siteOf(href))).toBe(named),
);
