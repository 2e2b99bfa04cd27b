import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

const COUNTRY = '^(?:/[a-z]{2})?';

export const rule = {
  site: 'paramount',
  name: 'Paramount+',
  hosts: ['www.paramountplus.com'],
  pages: [
    {
      kind: 'film',
      path: new RegExp(`${COUNTRY}/(?<kind>shows|movies)(?:/[^/]+)?/video/(?<id>[\\w-]{8,})(?:/|$)`),
      id: '{id}',
      link: 'https://www.paramountplus.com/{kind}/video/{id}/',
    },
    {
      kind: 'film',
      path: new RegExp(`${COUNTRY}/movies/(?<slug>[^/]+)/(?<id>[\\w-]{8,})/?$`),
      id: '{id}',
      link: 'https://www.paramountplus.com/movies/{slug}/{id}/',
    },
  ],
  video: {
    film: '.video__player-area video, .aa-player-skin .player-wrapper video',
    decoys: 'video.marqueeVideo',
  },
  title: { around: /^Watch | [-|] Paramount(?:\+| Plus)$/g },
  interruptions: [
    {
      kind: 'ad',
      shown: '[class*="ad-info-manager"], .ad-click-overlay',
      left: '.ad-info-manager-circular-loader-copy',
    },
    // It wants a click before it begins.
    { kind: 'still_watching', shown: '.start-panel-click-overlay' },
  ],
  stitched: true,
  can: { rate: true, seekToleranceSec: 0 },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://www.paramountplus.com/shows/the-long-night/video/Ab3dEf6hIj/one/',
  pages: [
    {
      url: 'https://www.paramountplus.com/shows/a-show/video/Ab3dEf6hIj/slug/',
      contentId: 'paramount:Ab3dEf6hIj',
    },
    { url: 'https://www.paramountplus.com/gb/shows/video/Ab3dEf6hIj/', contentId: 'paramount:Ab3dEf6hIj' },
    { url: 'https://www.paramountplus.com/movies/a-film/Ab3dEf6hIj/', contentId: 'paramount:Ab3dEf6hIj' },
    { url: 'https://www.paramountplus.com/movies/video/Ab3dEf6hIj/', contentId: 'paramount:Ab3dEf6hIj' },
    { url: 'https://www.paramountplus.com/shows/a-show/', kind: 'browse' },
    { url: 'https://www.paramountplus.com/live-tv/stream/x', kind: 'browse' },
  ],
};
