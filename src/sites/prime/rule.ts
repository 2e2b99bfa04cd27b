import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

const AMAZON = 'com ca com.mx com.br co.uk de fr it es nl se pl in co.jp com.au'.split(' ');

/** An address names a film or a series; which episode plays over it only the player says. */
export const rule = {
  site: 'prime',
  name: 'Prime Video',
  hosts: ['*.primevideo.com', ...AMAZON.map((country) => `www.amazon.${country}`)],
  pages: [
    {
      kind: 'film',
      path: /^(?:\/-\/[a-z]{2})?(?:\/region\/[a-z]{2})?\/detail(?:\/[^/]+)??\/(?<id>[A-Z0-9]{10,})(?:\/|$)/,
      id: '{id}',
      perEpisode: true,
      link: 'https://www.primevideo.com/detail/{id}',
    },
    {
      kind: 'film',
      path: /^(?:\/-\/[a-z]{2})?(?:\/gp\/video\/detail|(?:\/[^/]+)?\/dp)\/(?<id>[A-Z0-9]{10,})(?:\/|$)/,
      id: '{id}',
      perEpisode: true,
      link: '{origin}/gp/video/detail/{id}',
    },
  ],
  video: {
    film: '[id^="dv-web-player"] .atvwebplayersdk-video-surface video, [id^="dv-web-player"] video',
    decoys: '.draper-player-container video, video.tst-video-overlay-player-html5',
  },
  title: {
    title: '.atvwebplayersdk-title-text',
    episode: '.atvwebplayersdk-episode-info, .atvwebplayersdk-subtitle-text',
    around: /^(?:Amazon\.[a-z.]+: |Prime Video: )| [-|] Prime Video$/g,
  },
  interruptions: [
    {
      kind: 'ad',
      shown:
        '.atvwebplayersdk-ad-timer, .atvwebplayersdk-ad-timer-text, .atvwebplayersdk-ad-timer-countdown, .atvwebplayersdk-adtimeindicator-text',
      left: '.atvwebplayersdk-ad-timer-remaining-time, .atvwebplayersdk-ad-timer-countdown, .atvwebplayersdk-adtimeindicator-text, .atvwebplayersdk-ad-timer-text',
    },
  ],
  stitched: true,
  shownClock: '.atvwebplayersdk-timeindicator-text',
  can: { rate: true, seekToleranceSec: 0 },
  // Jumps one right after the other leave it loading for ever.
  seekEveryMs: 1500,
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://www.primevideo.com/detail/0GZ1XKTEX9ABCDEFGHIJKLMNOP/ref=atv_hm',
  pages: [
    {
      url: 'https://www.primevideo.com/detail/0KRGHGZCHKS920ZQGY5LBRF7MA',
      contentId: 'prime:0KRGHGZCHKS920ZQGY5LBRF7MA',
    },
    {
      url: 'https://www.primevideo.com/-/de/region/eu/detail/0KRGHGZCHKS920ZQGY5LBRF7MA/ref=atv_hm?jic=1',
      contentId: 'prime:0KRGHGZCHKS920ZQGY5LBRF7MA',
    },
    {
      url: 'https://www.primevideo.com/detail/A-Show/0KRGHGZCHKS920ZQGY5LBRF7MA',
      contentId: 'prime:0KRGHGZCHKS920ZQGY5LBRF7MA',
    },
    { url: 'https://www.amazon.co.jp/gp/video/detail/B08XYZ1234/ref=x', contentId: 'prime:B08XYZ1234' },
    { url: 'https://www.amazon.de/-/en/gp/video/detail/B08XYZ1234', contentId: 'prime:B08XYZ1234' },
    {
      url: 'https://www.amazon.de/-/en/gp/video/detail/B08XYZ1234/ref=x',
      contentId: 'prime:B08XYZ1234',
      link: 'https://www.amazon.de/gp/video/detail/B08XYZ1234',
    },
    { url: 'https://www.amazon.com/A-Show/dp/B08XYZ1234', contentId: 'prime:B08XYZ1234' },
    { url: 'https://www.primevideo.com/storefront', kind: 'browse' },
    { url: 'https://www.amazon.com/s?k=film', kind: 'browse' },
  ],
};
