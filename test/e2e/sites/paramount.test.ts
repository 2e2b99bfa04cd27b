import { watchTogether } from '../../support/sites/watch-together.ts';

watchTogether({
  name: 'Paramount+',
  at: {
    en: 'https://www.paramountplus.com/shows/the-long-night/video/Ab3dEf6hIj/one/',
    de: 'https://www.paramountplus.com/de/shows/video/Ab3dEf6hIj/?hl=de',
  },
  contentId: 'paramount:Ab3dEf6hIj',
  title: 'The Long Night 1',
  speed: true,
  ad: { sec: 5, withinMs: 20 },
  next: { id: 'Kl3dEf6hIj', contentId: 'paramount:Kl3dEf6hIj' },
  breaks: ['no-selector'],
});
