import type { SiteControls } from './hand.ts';

/** What is to be shown of one site on its fixture. */
export interface SiteFacts {
  name: string;
  /** One page by two addresses, the second of the site in another language. */
  at: { en: string; de: string };
  contentId: string;
  title: string;
  /**
   * How close a film is held by its true time, ms: playing (95 of 100 looks), paused, and paused after a jump, which on some
   * sites lands seconds off.
   */
  withinMs: { playing: number; paused: number; sought: number };
  /** Those of test/sites/kit/page.js if not said. */
  controls?: SiteControls;
  /** The site lets its speed be chosen. */
  speed?: true;
  /** An ad of so many seconds, and how close the film is to be after it. */
  ad?: { sec: number; withinMs: number };
  /**
   * The next episode, to which the site goes by itself; `id` is the part of its address. `between`: what German visitors see
   * first, which is too short for a room to go to (src/party/follow.ts).
   */
  next?: { id: string; contentId: string; between?: string };
  /** Ways in which the fixture can break (its `breakIt`). */
  breaks?: readonly string[];
}

/** The length of every fixture's film. */
export const FILM_SEC = 150;
/** The sync figures where a site lets the speed be corrected. */
const CLOSE = { playing: 20, paused: 20, sought: 20 };
/** Disney+'s speed is not to be corrected, so that only jumps are left. */
const BY_JUMPS_MS = 100;
const AD = { sec: 5, withinMs: 20 };
/** Only the moments at which an ad's marks come and go tell how long it was, and a busy machine is late with both. */
const AD_BY_MARKS = { sec: 5, withinMs: 40 };

const IDS = ['3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21', '4b0c6d2f-8e3a-4f71-8c2b-1d6e9f8a7b32'] as const;
const JELLYFIN_IDS = ['0123456789abcdef0123456789abcdef', '123456789abcdef0123456789abcdef0'] as const;
const JELLYFIN = 'https://jellyfin.home.example/web/';
const EMBY = 'https://emby.home.example/web/index.html';
const PRIME_ID = '0KRGHGZCHKS920ZQGY5LBRF7MA';
const HBO_SHOW = 'b7e1d0c2-1111-4222-8333-944455566677';
const HBO_PROMO = '0d9c8b7a-2222-4333-8444-a55566677788';
const NIGHT = 'https://films.home.example/night';

export const NETFLIX: SiteFacts = {
  name: 'Netflix',
  at: {
    en: 'https://www.netflix.com/watch/81000001',
    de: 'https://www.netflix.com/de/watch/81000001?hl=de&trackId=7',
  },
  contentId: 'netflix:81000001',
  title: 'The Long Night',
  // Only a film that runs can make up for where a jump lands.
  withinMs: { playing: 20, paused: 100, sought: 2500 },
  controls: { toggle: '[data-uia^="control-play-pause"]', bar: '[data-uia="timeline-bar"]' },
  // A reload brings a stream without ads.
  ad: { sec: 6, withinMs: 20 },
  next: { id: '', contentId: 'netflix:81000002' },
  breaks: ['no-global', 'no-sessions', 'throws', 'no-selector'],
};

export const YOUTUBE: SiteFacts = {
  name: 'YouTube',
  at: {
    en: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL123',
    // German ads are part of the stream, English ones take the film's element.
    de: 'https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&hl=de&stitched&t=1s',
  },
  contentId: 'youtube:dQw4w9WgXcQ',
  title: 'The Long Night 1',
  withinMs: { playing: 20, paused: 100, sought: 100 },
  controls: { toggle: '.ytp-play-button', bar: '.ytp-progress-bar' },
  // Although the site's own clock, by which an ad in the stream is known, moves in steps of 250 ms.
  ad: AD,
  next: { id: 'aaaaaaaaaaa', contentId: 'youtube:aaaaaaaaaaa' },
  breaks: ['no-global', 'throws', 'no-selector'],
};

const LIVE = 'https://www.youtube.com/live/dQw4w9WgXcQ';
/** The length of a piece: how long one who looks for the stream's news may take to find some. */
const PIECE_MS = 4000;
export const YOUTUBE_LIVE: SiteFacts = {
  name: 'a live stream of YouTube',
  at: { en: LIVE, de: `${LIVE}?hl=de` },
  contentId: 'youtube:live/dQw4w9WgXcQ',
  title: 'The Long Night',
  withinMs: { playing: PIECE_MS, paused: PIECE_MS, sought: PIECE_MS },
  controls: { toggle: '.ytp-play-button', bar: '.ytp-progress-bar' },
};

const CHANNEL = 'https://www.twitch.tv/somebody';
/** Its player says how far behind it is only about. */
const ABOUT_MS = 150;
export const TWITCH_LIVE: SiteFacts = {
  name: 'a live stream of Twitch',
  at: { en: CHANNEL, de: `${CHANNEL}?hl=de` },
  contentId: 'twitch:live/somebody',
  title: 'The Long Night',
  withinMs: { playing: ABOUT_MS, paused: ABOUT_MS, sought: ABOUT_MS },
};

export const YOUTUBE_EMBED: SiteFacts = {
  name: 'a page with a YouTube player in it',
  at: { en: NIGHT, de: `${NIGHT}#de` },
  contentId: NIGHT,
  title: 'A night at the films',
  withinMs: CLOSE,
  controls: { frame: 'iframe', toggle: '.ytp-play-button', bar: '.ytp-progress-bar' },
  ad: AD,
};

export const HULU: SiteFacts = {
  name: 'Hulu',
  at: {
    en: `https://www.hulu.com/watch/${IDS[0]}`,
    de: `https://www.hulu.com/watch/${IDS[0]}?hl=de`,
  },
  contentId: `hulu:${IDS[0]}`,
  title: 'The Long Night',
  withinMs: CLOSE,
  speed: true,
  // It has an element of its own.
  ad: AD,
  next: { id: IDS[1], contentId: `hulu:${IDS[1]}` },
  breaks: ['no-selector'],
};

/** As it was until spring 2026: the film in a frame of another origin, its name in the page around it. */
export const CRUNCHYROLL_FRAME: SiteFacts = {
  name: 'Crunchyroll’s former player',
  at: {
    en: 'https://www.crunchyroll.com/watch/GRDQPM1ZY/a-slug?vilos',
    de: 'https://www.crunchyroll.com/de/watch/GRDQPM1ZY/ein-anderer?hl=de&vilos',
  },
  contentId: 'crunchyroll:GRDQPM1ZY',
  title: 'E1 - The Long Night',
  withinMs: CLOSE,
  controls: { frame: 'iframe', toggle: '#toggle', bar: '#bar' },
  speed: true,
};

export const SITE_FACTS: readonly SiteFacts[] = [
  NETFLIX,
  YOUTUBE,
  YOUTUBE_EMBED,
  HULU,
  CRUNCHYROLL_FRAME,
  {
    name: 'Crunchyroll',
    at: {
      en: 'https://www.crunchyroll.com/watch/GRDQPM1ZY/a-slug',
      de: 'https://www.crunchyroll.com/de/watch/GRDQPM1ZY/ein-anderer?hl=de',
    },
    contentId: 'crunchyroll:GRDQPM1ZY',
    title: 'E1 - The Long Night',
    withinMs: CLOSE,
    speed: true,
    next: { id: 'GR2Z1XYZ9', contentId: 'crunchyroll:GR2Z1XYZ9' },
    breaks: ['no-selector'],
  },
  {
    name: 'Disney+',
    at: {
      en: `https://www.disneyplus.com/play/${IDS[0]}`,
      de: `https://www.disneyplus.com/de-de/play/${IDS[0]}?hl=de`,
    },
    contentId: `disneyplus:${IDS[0]}`,
    title: 'The Long Night',
    withinMs: { playing: BY_JUMPS_MS, paused: BY_JUMPS_MS, sought: BY_JUMPS_MS },
    ad: { sec: 5, withinMs: BY_JUMPS_MS },
    next: { id: IDS[1], contentId: `disneyplus:${IDS[1]}` },
    breaks: ['no-global', 'throws', 'no-selector'],
  },
  {
    name: 'Prime Video',
    at: {
      en: `https://www.primevideo.com/detail/${PRIME_ID}/ref=atv_hm`,
      de: `https://www.primevideo.com/-/de/region/eu/detail/${PRIME_ID}?hl=de`,
    },
    contentId: `prime:${PRIME_ID}/s3e7`,
    title: 'The Long Night',
    withinMs: CLOSE,
    speed: true,
    ad: AD_BY_MARKS,
    next: { id: '', contentId: `prime:${PRIME_ID}/s3e8` },
    breaks: ['no-selector'],
  },
  {
    name: 'HBO Max',
    at: {
      en: `https://play.hbomax.com/video/watch/${IDS[0]}/${HBO_SHOW}`,
      // In German a promo is shown before each film.
      de: `https://play.max.com/video/watch/${HBO_PROMO}?hl=de`,
    },
    contentId: `max:${IDS[0]}`,
    title: 'The Long Night',
    withinMs: CLOSE,
    speed: true,
    ad: AD_BY_MARKS,
    next: { id: IDS[1], contentId: `max:${IDS[1]}`, between: `max:${HBO_PROMO}` },
    breaks: ['no-selector'],
  },
  {
    name: 'Peacock',
    at: {
      en: 'https://www.peacocktv.com/watch/playback/vod/GMO_1/variant-1',
      de: 'https://www.peacocktv.com/watch/playback/vod/GMO_1/variant-9?hl=de',
    },
    contentId: 'peacock:GMO_1',
    title: 'The Long Night',
    withinMs: CLOSE,
    speed: true,
    ad: AD,
    next: { id: 'GMO_2', contentId: 'peacock:GMO_2' },
    breaks: ['throws', 'no-selector'],
  },
  {
    name: 'Paramount+',
    at: {
      en: 'https://www.paramountplus.com/shows/the-long-night/video/Ab3dEf6hIj/one/',
      de: 'https://www.paramountplus.com/de/shows/video/Ab3dEf6hIj/?hl=de',
    },
    contentId: 'paramount:Ab3dEf6hIj',
    title: 'The Long Night 1',
    withinMs: CLOSE,
    speed: true,
    ad: AD_BY_MARKS,
    next: { id: 'Kl3dEf6hIj', contentId: 'paramount:Kl3dEf6hIj' },
    breaks: ['no-selector'],
  },
  {
    name: 'Apple TV',
    at: {
      en: 'https://tv.apple.com/us/show/the-long-night/umc.cmc.4abc',
      de: 'https://tv.apple.com/de/show/die-lange-nacht/umc.cmc.4abc?hl=de',
    },
    contentId: 'apple:umc.cmc.4abc/s1e1',
    title: 'The Long Night',
    withinMs: CLOSE,
    speed: true,
    next: { id: '', contentId: 'apple:umc.cmc.4abc/s1e2' },
    breaks: ['no-selector'],
  },
  {
    name: 'Twitch',
    at: {
      en: 'https://www.twitch.tv/videos/2212345678?filter=archives',
      de: 'https://www.twitch.tv/somebody/v/2212345678?hl=de',
    },
    contentId: 'twitch:v2212345678',
    title: 'The Long Night 1',
    withinMs: CLOSE,
    speed: true,
    // It has an element of its own.
    ad: AD,
    next: { id: '2298765432', contentId: 'twitch:v2298765432' },
    breaks: ['no-selector'],
  },
  {
    name: 'Vimeo',
    at: {
      en: 'https://vimeo.com/76979871',
      de: 'https://vimeo.com/channels/staffpicks/76979871?hl=de',
    },
    contentId: 'vimeo:76979871',
    title: 'The Long Night 1',
    withinMs: CLOSE,
    speed: true,
    next: { id: '76979872', contentId: 'vimeo:76979872' },
    breaks: ['no-selector'],
  },
  {
    name: 'Plex',
    // At Plex's own address, and at that of the machine.
    at: {
      en: 'https://app.plex.tv/desktop/#!/',
      de: 'https://plex.home.example/web/index.html?hl=de#!/server/0a1b2c/details?key=%2Flibrary%2Fmetadata%2F9',
    },
    contentId: 'plex:0a1b2c/815',
    title: 'The Long Night',
    withinMs: CLOSE,
    speed: true,
    next: { id: '816', contentId: 'plex:0a1b2c/816' },
    breaks: ['no-selector'],
  },
  {
    name: 'Jellyfin',
    at: { en: `${JELLYFIN}#/video`, de: `${JELLYFIN}index.html?hl=de#/video` },
    contentId: `jellyfin:${JELLYFIN_IDS[0]}`,
    title: 'The Long Night - S1:E1 - Play',
    withinMs: CLOSE,
    speed: true,
    next: { id: JELLYFIN_IDS[1], contentId: `jellyfin:${JELLYFIN_IDS[1]}` },
    breaks: ['no-selector'],
  },
  {
    name: 'Emby',
    at: { en: `${EMBY}#!/videoosd/videoosd.html`, de: `${EMBY}?hl=de#!/videoosd/videoosd.html` },
    contentId: 'emby:4711',
    title: 'The Long Night - S1:E1',
    withinMs: CLOSE,
    speed: true,
    next: { id: '4712', contentId: 'emby:4712' },
    breaks: ['no-selector', 'converted'],
  },
];
