import { watchTogether } from '../../support/sites/watch-together.ts';

watchTogether({
  name: 'Peacock',
  at: {
    en: 'https://www.peacocktv.com/watch/playback/vod/GMO_1/variant-1',
    de: 'https://www.peacocktv.com/watch/playback/vod/GMO_1/variant-9?hl=de',
  },
  contentId: 'peacock:GMO_1',
  title: 'The Long Night',
  speed: true,
  ad: { sec: 5, withinMs: 20 },
  next: { id: 'GMO_2', contentId: 'peacock:GMO_2' },
  breaks: ['throws', 'no-selector'],
});
