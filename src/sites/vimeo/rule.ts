import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

/** A video that is not listed is only found with the hash in its address. */
export const rule = {
  site: 'vimeo',
  name: 'Vimeo',
  hosts: ['vimeo.com', 'www.vimeo.com', 'player.vimeo.com'],
  pages: [
    {
      kind: 'film',
      path: /^\/video\/(?<id>\d+)\/?$/,
      query: { h: /^(?<hash>[\da-f]*)$/ },
      id: '{id}',
      link: 'https://vimeo.com/{id}/{hash}',
    },
    {
      kind: 'film',
      path: /^\/(?:channels\/[^/]+\/|groups\/[^/]+\/videos\/|(?:showcase|album)\/\d+\/video\/)?(?<id>\d{5,})(?<hash>\/[\da-f]{6,})?\/?$/,
      id: '{id}',
      link: 'https://vimeo.com/{id}{hash}',
    },
    {
      kind: 'film',
      path: /^\/ondemand\/(?<name>[^/]+)(?<part>\/\d+)?\/?$/,
      id: 'ondemand/{name}{part}',
      link: 'https://vimeo.com/ondemand/{name}{part}',
    },
  ],
  video: { film: '.vp-video video, .vp-video-wrapper video' },
  title: { around: / (?:on|from .+ on) Vimeo$/ },
  can: { rate: true, seekToleranceSec: 0 },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://vimeo.com/76979871',
  pages: [
    { url: 'https://vimeo.com/76979871', contentId: 'vimeo:76979871' },
    { url: 'https://vimeo.com/76979871/0a1b2c3d4e', contentId: 'vimeo:76979871' },
    {
      url: 'https://vimeo.com/76979871/0a1b2c3d4e?share=copy',
      contentId: 'vimeo:76979871',
      link: 'https://vimeo.com/76979871/0a1b2c3d4e',
    },
    { url: 'https://vimeo.com/channels/staffpicks/76979871', contentId: 'vimeo:76979871' },
    {
      url: 'https://player.vimeo.com/video/76979871?h=0a1b2c3d4e',
      contentId: 'vimeo:76979871',
      link: 'https://vimeo.com/76979871/0a1b2c3d4e',
    },
    { url: 'https://player.vimeo.com/video/76979871?h=0a1b2c3d4e&app_id=1', contentId: 'vimeo:76979871' },
    { url: 'https://vimeo.com/ondemand/afilm/76979871', contentId: 'vimeo:ondemand/afilm/76979871' },
    { url: 'https://vimeo.com/watch', kind: 'browse' },
    { url: 'https://vimeo.com/somebody', kind: 'browse' },
  ],
};
