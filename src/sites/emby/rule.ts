import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

/** Runs on anybody's own machine; what plays is not in its address. */
export const rule = {
  site: 'emby',
  name: 'Emby',
  hosts: ['app.emby.media'],
  mark: 'meta[name="application-name"][content="Emby"]',
  pages: [{ kind: 'film', path: /#!?\/videoosd\/videoosd\.html/, id: '{id}' }],
  video: { film: '.videoPlayerContainer video.htmlvideoplayer, video.htmlvideoplayer' },
  title: {
    title: '.videoOsdTitle, .osdTitle, .skinHeader .pageTitle',
    episode: '.videoOsdTitle, .osdTitle, .skinHeader .pageTitle',
    // Played as it is stored, the element's source says which it is.
    id: {
      element: 'video.htmlvideoplayer',
      attribute: 'src',
      form: /\/videos\/(?<id>[\da-f-]+)\//i,
    },
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
  fixture: 'https://emby.home.example/web/index.html#!/videoosd/videoosd.html',
  pages: [
    { url: 'https://emby.home.example/web/index.html#!/videoosd/videoosd.html', contentId: null },
    { url: 'https://emby.home.example/web/index.html#!/home', kind: 'browse' },
  ],
};
