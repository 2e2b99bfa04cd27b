import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

/** Runs at app.plex.tv and on anybody's own machine; the address stays that of the page below the player. */
export const rule = {
  site: 'plex',
  name: 'Plex',
  hosts: ['app.plex.tv'],
  mark: '#plex',
  pages: [
    {
      kind: 'film',
      path: /^\/(?:desktop|web)\//,
      id: '{server}/{id}',
      perEpisode: true,
      link: 'https://app.plex.tv/desktop/#!/server/{server}/details?key=%2Flibrary%2Fmetadata%2F{id}',
    },
  ],
  video: {
    film: '#plex [class*="AudioVideoFullPlayer"] video, #plex [class*="PlayerContainer-container"] video',
  },
  title: {
    title: '#plex [data-testid="metadataTitleLink"]',
    id: {
      element: '#plex a[data-testid="metadataTitleLink"][href*="key"]',
      attribute: 'href',
      form: /\/server\/(?<server>[\da-f]+)\/.*metadata(?:%2F|\/)(?<id>\d+)/i,
    },
    names: true,
    around: /^▶ | - Plex$| \| Plex$/g,
  },
  can: { rate: true, seekToleranceSec: 0 },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://app.plex.tv/desktop/#!/',
  pages: [
    { url: 'https://app.plex.tv/desktop/#!/', contentId: null },
    {
      url: 'https://plex.home.example/web/index.html#!/server/0a1b2c/details?key=%2Flibrary%2Fmetadata%2F9',
      contentId: null,
    },
    { url: 'https://app.plex.tv/', kind: 'browse' },
  ],
};
