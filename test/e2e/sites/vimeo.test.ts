import { watchTogether } from '../../support/sites/watch-together.ts';

watchTogether({
  name: 'Vimeo',
  at: {
    en: 'https://vimeo.com/76979871',
    de: 'https://vimeo.com/channels/staffpicks/76979871?hl=de',
  },
  contentId: 'vimeo:76979871',
  title: 'The Long Night 1',
  speed: true,
  next: { id: '76979872', contentId: 'vimeo:76979872' },
  breaks: ['no-selector'],
});
