import { watchTogether } from '../../support/sites/watch-together.ts';

watchTogether({
  name: 'Apple TV',
  at: {
    en: 'https://tv.apple.com/us/show/the-long-night/umc.cmc.4abc',
    de: 'https://tv.apple.com/de/show/die-lange-nacht/umc.cmc.4abc?hl=de',
  },
  contentId: 'apple:umc.cmc.4abc/s1e1',
  title: 'The Long Night',
  speed: true,
  next: { id: '', contentId: 'apple:umc.cmc.4abc/s1e2' },
  breaks: ['no-selector'],
});
