import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

const SHOWN_AT = '^(?:/[a-z]{2}(?:-[a-z]{2})?)?';

/** What is played from a list keeps the list's address, so that an address is no proof of what is on. */
export const rule = {
  site: 'apple',
  name: 'Apple TV',
  hosts: ['tv.apple.com'],
  pages: [
    {
      kind: 'film',
      path: new RegExp(`${SHOWN_AT}/(?<kind>movie|episode)/(?:[^/]+/)?(?<id>umc\\.cmc\\.\\w+)/?$`),
      id: '{id}',
      link: 'https://tv.apple.com/{kind}/{id}',
    },
    {
      kind: 'film',
      path: new RegExp(`${SHOWN_AT}/show/(?:[^/]+/)?(?<id>umc\\.cmc\\.\\w+)/?$`),
      id: '{id}',
      perEpisode: true,
      link: 'https://tv.apple.com/show/{id}',
    },
    { kind: 'film', path: new RegExp(`${SHOWN_AT}/?(?:home|library|channel/.*)?$`) },
  ],
  video: {
    film: 'html >>> [data-testid="video-player"] [data-testid="video-container"] video, video#apple-music-video-player',
  },
  title: {
    title: 'html >>> [data-testid="player-metadata-title"], .video-metadata .title',
    episode: 'html >>> [data-testid="player-metadata-subtitle"], .video-metadata .subtitle-text',
    names: true,
    around: /^Watch | [-|] Apple TV\+?.*$/g,
  },
  can: { rate: true, seekToleranceSec: 0 },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://tv.apple.com/us/show/the-long-night/umc.cmc.4abc',
  pages: [
    {
      url: 'https://tv.apple.com/us/episode/half-loop/umc.cmc.2s0xyz?playableId=1',
      contentId: 'apple:umc.cmc.2s0xyz',
    },
    { url: 'https://tv.apple.com/movie/umc.cmc.4abc', contentId: 'apple:umc.cmc.4abc' },
    { url: 'https://tv.apple.com/library', contentId: null },
  ],
};
