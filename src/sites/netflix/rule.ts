import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

const LOCALE = '(?:/[a-z]{2}(?:-[a-z]{2,4})?)?';

export const rule = {
  site: 'netflix',
  name: 'Netflix',
  hosts: ['www.netflix.com'],
  pages: [
    {
      kind: 'film',
      path: new RegExp(`^${LOCALE}/watch/(?<id>\\d+)/?$`, 'i'),
      id: '{id}',
      link: 'https://www.netflix.com/watch/{id}',
    },
    { kind: 'browse', path: /^/ },
  ],
  video: { film: '[data-uia="video-canvas"] video, .watch-video video', decoys: '.preview-video video' },
  title: {
    // A series' has its episode beside it.
    title: '[data-uia="video-title"] h4, [data-uia="video-title"]:not(:has(h4))',
    episode: '[data-uia="video-title"] span',
    around: / [-–|] Netflix$/,
  },
  interruptions: [
    { kind: 'error', shown: '[data-uia="error-page"], .error-page--content' },
    {
      kind: 'ad',
      shown: '[data-uia="ads-info-container"]',
      left: '[data-uia="ads-info-time"], [data-uia="ads-info-text"]',
    },
    {
      kind: 'still_watching',
      shown: '[data-uia="interrupt-autoplay-continue"], [data-uia="player-blocked-play"]',
    },
  ],
  // Jumps land on a frame from which the film can be decoded, near where they were aimed.
  can: { rate: true, seekToleranceSec: 2 },
  seekEveryMs: 1000,
  // To write `currentTime` breaks the player (M7375).
  bridge: { drives: ['seek'] },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://www.netflix.com/watch/81000001',
  pages: [
    {
      url: 'https://www.netflix.com/watch/81234567',
      contentId: 'netflix:81234567',
      documentTitle: 'A film - Netflix',
      title: 'A film',
    },
    {
      url: 'https://www.netflix.com/watch/81234567?trackId=155573558&tctx=1%2C0',
      contentId: 'netflix:81234567',
    },
    { url: 'https://www.netflix.com/de-en/watch/81234567', contentId: 'netflix:81234567' },
    {
      url: 'https://www.netflix.com/nl/watch/81234567?trackId=1',
      contentId: 'netflix:81234567',
      link: 'https://www.netflix.com/watch/81234567',
    },
    { url: 'https://www.netflix.com/browse?jbv=81234567', kind: 'browse' },
    { url: 'https://www.netflix.com/title/81234567', kind: 'browse' },
    { url: 'https://www.netflix.com/watch/notanumber', kind: 'browse' },
  ],
};
