import type { SiteExamples } from '../site-examples.ts';
import type { SiteRule } from '../site-rule.ts';

const ID = '(?<id>[\\w-]{11})';
const LINK = 'https://www.youtube.com/watch?v={id}';

export const rule = {
  site: 'youtube',
  name: 'YouTube',
  hosts: ['www.youtube.com', 'm.youtube.com', 'music.youtube.com', 'www.youtube-nocookie.com'],
  pages: [
    { kind: 'film', path: /^\/watch\/?$/, query: { v: new RegExp(`^${ID}$`) }, id: '{id}', link: LINK },
    { kind: 'film', path: new RegExp(`^/(?:live|embed|v)/${ID}/?$`), id: '{id}', link: LINK },
    // They run in a loop, one after the other.
    { kind: 'refused', path: /^\/shorts\// },
    { kind: 'browse', path: /^/ },
  ],
  video: {
    film: '#movie_player video.html5-main-video, #movie_player video',
    decoys: '#inline-preview-player video, #shorts-player video, ytd-watch-flexy[hidden] video',
  },
  title: {
    title: 'ytd-watch-metadata #title h1, .ytmVideoInfoVideoTitle, a.ytp-title-link',
    around: /^\(\d+\+?\) | - YouTube(?: Music)?$/g,
  },
  interruptions: [
    { kind: 'error', shown: '#movie_player .ytp-error' },
    {
      kind: 'ad',
      shown: '#movie_player.ad-showing, #movie_player.ad-interrupting',
      left: '#movie_player .ytp-ad-duration-remaining, #movie_player .ytp-ad-preview-text',
    },
    { kind: 'still_watching', shown: 'yt-confirm-dialog-renderer' },
  ],
  live: { mark: '#movie_player.ytp-live, #movie_player .ytp-live', latency: 'steps', past: true },
  can: { rate: true, seekToleranceSec: 0 },
  bridge: { drives: ['seek'] },
} as const satisfies SiteRule;

export const examples: SiteExamples = {
  fixture: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
  pages: [
    {
      url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      contentId: 'youtube:dQw4w9WgXcQ',
      documentTitle: '(3) A film - YouTube',
      title: 'A film',
    },
    {
      url: 'https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&list=PL1&index=2&t=90s',
      contentId: 'youtube:dQw4w9WgXcQ',
    },
    { url: 'https://m.youtube.com/watch?v=dQw4w9WgXcQ', contentId: 'youtube:dQw4w9WgXcQ' },
    {
      url: 'https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=9',
      contentId: 'youtube:dQw4w9WgXcQ',
      link: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    },
    { url: 'https://music.youtube.com/watch?v=dQw4w9WgXcQ&si=abc', contentId: 'youtube:dQw4w9WgXcQ' },
    { url: 'https://www.youtube.com/live/dQw4w9WgXcQ?feature=shared', contentId: 'youtube:dQw4w9WgXcQ' },
    { url: 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', contentId: 'youtube:dQw4w9WgXcQ' },
    { url: 'https://www.youtube.com/shorts/dQw4w9WgXcQ', kind: 'refused' },
    { url: 'https://www.youtube.com/', kind: 'browse' },
    { url: 'https://www.youtube.com/watch?v=tooshort', kind: 'browse' },
    { url: 'https://www.youtube.com/results?search_query=x', kind: 'browse' },
  ],
};
