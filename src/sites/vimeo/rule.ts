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
