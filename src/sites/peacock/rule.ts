import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

const PLAYBACK = '^/watch/playback';

export const rule = {
  site: 'peacock',
  name: 'Peacock',
  hosts: ['www.peacocktv.com'],
  pages: [
    {
      kind: 'film',
      path: new RegExp(`${PLAYBACK}/(?:vod|playlist)/(?<id>[\\w-]+)(?<variant>/[\\w-]+)?/?$`),
      id: '{id}',
      link: 'https://www.peacocktv.com/watch/playback/vod/{id}{variant}',
    },
    {
      kind: 'live',
      path: new RegExp(`${PLAYBACK}/live/(?<id>[\\w-]+)(?<variant>/[\\w-]+)?/?$`),
      id: 'live/{id}',
      link: 'https://www.peacocktv.com/watch/playback/live/{id}{variant}',
    },
  ],
  video: {
    film: '#core-video-shaka, #core-video-tape, [data-gsp-video-component="true"] > video, [data-testid="video-component"] video',
    decoys: '[data-gsp-shortform-player] video',
  },
  title: {
    title: '[data-testid="metadata-title"], .playback-header__title, .playback-metadata__container-title',
    episode: '[data-testid="metadata-description"]',
    around: / [-|] Peacock$/,
  },
  interruptions: [
    {
      kind: 'ad',
      // Either alone does not say so.
      shown: '#mainContainer [class*="pffOverlay-"][class*="adBreakActive-"], .ad-countdown__container',
      left: '.ad-countdown__remaining-time, .countdown__remaining-time',
    },
  ],
  stitched: true,
  can: { rate: true, seekToleranceSec: 0 },
  // Where the ads are, its framework knows.
  bridge: { drives: [] },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://www.peacocktv.com/watch/playback/vod/GMO_1/variant-1',
  pages: [
    {
      url: 'https://www.peacocktv.com/watch/playback/vod/GMO_00000000123_01/6bd2f1f0-11aa',
      contentId: 'peacock:GMO_00000000123_01',
    },
    {
      url: 'https://www.peacocktv.com/watch/playback/vod/GMO_1/6bd2?x=1',
      contentId: 'peacock:GMO_1',
      link: 'https://www.peacocktv.com/watch/playback/vod/GMO_1/6bd2',
    },
    { url: 'https://www.peacocktv.com/watch/playback/live/5566/7788', kind: 'refused' },
    { url: 'https://www.peacocktv.com/watch/asset/tv/a-show/123', kind: 'browse' },
  ],
};
