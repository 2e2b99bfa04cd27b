import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

const LOCALE = '(?:/[a-z]{2}(?:-[a-z0-9]{2,4})?)?';

export const rule = {
  site: 'disneyplus',
  name: 'Disney+',
  hosts: ['*.disneyplus.com'],
  pages: [
    {
      kind: 'film',
      path: new RegExp(`^${LOCALE}/(?:play|video)/(?<id>[\\w-]{20,})/?$`, 'i'),
      id: '{id}',
      link: 'https://www.disneyplus.com/play/{id}',
    },
  ],
  // In the page or in a shadow root, as the site has had it both ways. An ad has an element of its own.
  video: {
    film: 'html >>> video[id^="hivePlayer"], video.hive-video, disney-web-player video, .btm-media-client video, .btm-media-player video',
    decoys: 'html >>> .media-element-container.has-interstitials video:not([id^="hivePlayer"])',
  },
  title: {
    title: 'title-bug >>> .title-field',
    episode: 'title-bug >>> .subtitle-field',
    around: / [|-] Disney\+$/,
  },
  interruptions: [
    { kind: 'ad', shown: 'ad-badge-overlay >>> .ad-badge-overlay__content--time-display' },
    { kind: 'still_watching', shown: 'inactivity-overlay >>> *' },
  ],
  can: { rate: false, seekToleranceSec: 0.05 },
  seekEveryMs: 1000,
  // Its element's clock begins anew with each jump, and a jump of the element ends where its data do.
  bridge: { drives: ['seek'] },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://www.disneyplus.com/play/1f3a6c1e-0b1d-4c57-9a55-8b1f4e7c2d90',
  pages: [
    {
      url: 'https://www.disneyplus.com/play/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
      contentId: 'disneyplus:3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
    },
    {
      url: 'https://www.disneyplus.com/pl-pl/play/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
      contentId: 'disneyplus:3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
    },
    {
      url: 'https://www.disneyplus.com/pl-pl/play/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21?x=1',
      contentId: 'disneyplus:3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
      link: 'https://www.disneyplus.com/play/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
    },
    {
      url: 'https://www.disneyplus.com/zh-hant/play/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21?distributionPartner=x',
      contentId: 'disneyplus:3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
    },
    {
      url: 'https://www.disneyplus.com/es-419/video/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
      contentId: 'disneyplus:3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
    },
    { url: 'https://www.disneyplus.com/home', kind: 'browse' },
    { url: 'https://www.disneyplus.com/browse/entity-3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21', kind: 'browse' },
  ],
};
