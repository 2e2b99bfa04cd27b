import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

export const rule = {
  site: 'crunchyroll',
  name: 'Crunchyroll',
  hosts: ['www.crunchyroll.com', 'static.crunchyroll.com'],
  pages: [
    {
      kind: 'film',
      path: /^(?:\/[a-z]{2}(?:-[a-z0-9]{2,4})?)?\/watch\/(?<id>[A-Z0-9]{6,})(?:\/|$)/,
      id: '{id}',
      link: 'https://www.crunchyroll.com/watch/{id}',
    },
    // The frame that the player was in until spring 2026.
    { kind: 'film', path: /^\/vilos(?:-v2)?\/web\/vilos\/player\.html$/ },
  ],
  video: {
    film: '#player-container video, .player-container video, .video-player-wrapper video, video#player0',
  },
  title: { title: 'h1.title', around: / - Watch on Crunchyroll$/ },
  // Written back at each episode.
  can: { rate: true, seekToleranceSec: 0 },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://www.crunchyroll.com/watch/GRDQPM1ZY/a-slug',
  pages: [
    { url: 'https://www.crunchyroll.com/watch/GRDQPM1ZY/a-slug', contentId: 'crunchyroll:GRDQPM1ZY' },
    { url: 'https://www.crunchyroll.com/pt-br/watch/GRDQPM1ZY/outro', contentId: 'crunchyroll:GRDQPM1ZY' },
    { url: 'https://www.crunchyroll.com/de/watch/GRDQPM1ZY', contentId: 'crunchyroll:GRDQPM1ZY' },
    { url: 'https://www.crunchyroll.com/series/GY9PJ5KWR/a-series', kind: 'browse' },
  ],
};
