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
