import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

export const rule = {
  site: 'hulu',
  name: 'Hulu',
  hosts: ['www.hulu.com'],
  pages: [
    {
      kind: 'film',
      path: /^\/watch\/(?<id>[\da-f-]{36})\/?$/i,
      id: '{id}',
      link: 'https://www.hulu.com/watch/{id}',
    },
  ],
  // Ads and the intro have elements of their own.
  video: { film: 'video#content-video-player', decoys: 'video#ad-video-player, video#intro-video-player' },
  title: {
    title: '#web-player-app .PlayerMetadata__titleText',
    episode: '#web-player-app .PlayerMetadata__subTitle',
    around: /^Watch | Streaming Online \| Hulu.*$| \| Hulu$/g,
  },
  interruptions: [
    {
      kind: 'ad',
      shown: '.AdUnitView__adBar, .AdPlayer:not(.AdPlayer--hidden), .IntroPlayer:not(.IntroPlayer--hidden)',
      left: '.AdUnitView__adBar',
    },
    { kind: 'still_watching', shown: '.long-time-tips__title' },
  ],
  can: { rate: true, seekToleranceSec: 0 },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://www.hulu.com/watch/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
  pages: [
    {
      url: 'https://www.hulu.com/watch/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
      contentId: 'hulu:3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
    },
    { url: 'https://www.hulu.com/hub/home', kind: 'browse' },
  ],
};
