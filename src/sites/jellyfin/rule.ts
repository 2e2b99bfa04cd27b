import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

/** Runs on anybody's own machine; what plays is not in its address, and an item's id is that of one server. */
export const rule = {
  site: 'jellyfin',
  name: 'Jellyfin',
  hosts: [],
  mark: 'meta[name="application-name"][content="Jellyfin"]',
  pages: [
    {
      kind: 'film',
      path: /^(?<web>.*?\/)(?:index\.html)?#!?\/video(?:\.html|osd\.html)?(?:\?|$)/,
      id: '{id}',
      link: '{origin}{web}#/details?id={id}',
    },
  ],
  video: { film: '.videoPlayerContainer video.htmlvideoplayer' },
  title: {
    title: '.skinHeader .pageTitle, .osdTitle',
    episode: '.skinHeader .pageTitle',
    id: { element: '#videoOsdPage .btnUserRating', attribute: 'data-id', form: /^(?<id>[\da-f-]{32,36})$/i },
    names: true,
  },
  // A conversion on the way begins its clock anew wherever one jumps to, and only its server can jump.
  interruptions: [
    {
      kind: 'unreadable',
      shown: 'video.htmlvideoplayer[src*="StartTimeTicks=" i]:not([src*="CopyTimestamps=true" i])',
    },
  ],
  can: { rate: true, seekToleranceSec: 0 },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://jellyfin.home.example/web/#/video',
  pages: [
    { url: 'https://jellyfin.home.example/web/#/video', contentId: null },
    { url: 'https://jellyfin.home.example/web/index.html#/video', contentId: null },
    { url: 'https://jellyfin.home.example/web/#/home', kind: 'browse' },
  ],
};
