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
