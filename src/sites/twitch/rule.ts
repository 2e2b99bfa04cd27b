import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

const VIDEO_LINK = 'https://www.twitch.tv/videos/{id}';
const CHANNEL_LINK = 'https://www.twitch.tv/{channel}';
/** Pages of the site itself, whose addresses look like a channel's. */
const NO_CHANNEL =
  'directory|downloads|drops|friends|inventory|jobs|login|p|popout|prime|search|settings|signup|store|subscriptions|team|turbo|user|videos|wallet';

export const rule = {
  site: 'twitch',
  name: 'Twitch',
  hosts: ['www.twitch.tv', 'm.twitch.tv', 'player.twitch.tv'],
  pages: [
    { kind: 'film', path: /^\/(?:videos|\w+\/v(?:ideo)?)\/(?<id>\d+)\/?$/, id: 'v{id}', link: VIDEO_LINK },
    { kind: 'film', path: /^\/$/, query: { video: /^v?(?<id>\d+)$/ }, id: 'v{id}', link: VIDEO_LINK },
    {
      kind: 'live',
      path: /^\/$/,
      query: { channel: /^(?<channel>\w{3,25})$/ },
      id: 'live/{channel}',
      link: CHANNEL_LINK,
    },
    {
      kind: 'live',
      path: new RegExp(`^/(?!(?:${NO_CHANNEL})/?$)(?<channel>\\w{3,25})/?$`),
      id: 'live/{channel}',
      link: CHANNEL_LINK,
    },
  ],
  video: {
    film: '[data-a-target="video-player"] video, .video-player__default-player video, .persistent-player video',
    decoys: '.channel-home video, [data-test-selector="clips-card"] video',
  },
  title: {
    title: '[data-a-target="stream-title"]',
    around: /^\(\d+\+?\) | - Twitch$/g,
  },
  interruptions: [
    { kind: 'still_watching', shown: '.content-overlay-gate' },
    {
      kind: 'ad',
      // Outside the player the same labels are of banners.
      shown:
        '[data-a-target="video-player"] [data-a-target="video-ad-label"], [data-a-target="video-player"] [data-a-target="video-ad-countdown"], .video-player [data-a-target="video-ad-label"]',
      left: '[data-a-target="video-player"] [data-a-target="video-ad-countdown"]',
    },
  ],
  // Its seekable range means nothing while live, and a play after a pause goes to what is being sent.
  live: { latency: 'noise', past: false, bridge: true },
  can: { rate: true, seekToleranceSec: 0 },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://www.twitch.tv/videos/2212345678',
  pages: [
    { url: 'https://www.twitch.tv/videos/2212345678?filter=all', contentId: 'twitch:v2212345678' },
    { url: 'https://www.twitch.tv/somebody/v/2212345678', contentId: 'twitch:v2212345678' },
    {
      url: 'https://player.twitch.tv/?video=v2212345678&parent=films.example',
      contentId: 'twitch:v2212345678',
    },
    { url: 'https://www.twitch.tv/somebody', contentId: 'twitch:live/somebody', kind: 'live' },
    {
      url: 'https://player.twitch.tv/?channel=somebody&parent=films.example',
      contentId: 'twitch:live/somebody',
      kind: 'live',
      link: 'https://www.twitch.tv/somebody',
    },
    { url: 'https://www.twitch.tv/', kind: 'browse' },
    { url: 'https://www.twitch.tv/directory', kind: 'browse' },
    { url: 'https://www.twitch.tv/directory/category/chess', kind: 'browse' },
    { url: 'https://www.twitch.tv/settings', kind: 'browse' },
  ],
};
