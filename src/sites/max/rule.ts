import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

export const rule = {
  site: 'max',
  name: 'HBO Max',
  hosts: ['play.hbomax.com', 'play.max.com'],
  pages: [
    {
      kind: 'film',
      // The second, where there is one, is the series or the cut.
      path: /^\/video\/watch\/(?<id>[\da-f-]{36})(?<of>\/[\da-f-]{36})?\/?$/i,
      id: '{id}',
      link: 'https://play.hbomax.com/video/watch/{id}{of}',
    },
  ],
  // Promos come first, in the same element.
  video: {
    film: 'video[data-testid="VideoElement"], [data-testid="playerContainer"] video',
    longerThanSec: 120,
  },
  title: {
    title: '[data-testid="player-ux-asset-title"]',
    episode: '[data-testid="player-ux-season-episode"]',
    around: / • (?:HBO )?Max$/,
  },
  interruptions: [{ kind: 'ad', shown: '[data-testid="player-ux-ad-skip-button"]' }],
  stitched: true,
  can: { rate: true, seekToleranceSec: 0 },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture:
    'https://play.hbomax.com/video/watch/5c8f2f5e-3d34-4d0c-9f7e-0a1b2c3d4e5f/6d7e8f90-1a2b-4c3d-8e4f-5a6b7c8d9e0f',
  pages: [
    {
      url: 'https://play.hbomax.com/video/watch/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21/b7e1d0c2-1111-4222-8333-944455566677',
      contentId: 'max:3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
    },
    {
      url: 'https://play.max.com/video/watch/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21/b7e1d0c2-1111-4222-8333-944455566677?utm_source=x',
      contentId: 'max:3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
      link: 'https://play.hbomax.com/video/watch/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21/b7e1d0c2-1111-4222-8333-944455566677',
    },
    {
      url: 'https://play.max.com/video/watch/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
      contentId: 'max:3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
      link: 'https://play.hbomax.com/video/watch/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
    },
    { url: 'https://play.hbomax.com/home', kind: 'browse' },
    { url: 'https://play.hbomax.com/show/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21', kind: 'browse' },
  ],
};
