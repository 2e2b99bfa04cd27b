import { watchTogether } from '../../support/sites/watch-together.ts';

watchTogether({
  name: 'Twitch',
  at: {
    en: 'https://www.twitch.tv/videos/2212345678?filter=archives',
    de: 'https://www.twitch.tv/somebody/v/2212345678?hl=de',
  },
  contentId: 'twitch:v2212345678',
  title: 'The Long Night 1',
  speed: true,
  // It has an element of its own.
  ad: { sec: 5, withinMs: 20 },
  next: { id: '2298765432', contentId: 'twitch:v2298765432' },
  breaks: ['no-selector'],
});
