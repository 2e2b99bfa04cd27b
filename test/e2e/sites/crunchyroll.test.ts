import { watchTogether } from '../../support/sites/watch-together.ts';

watchTogether({
  name: 'Crunchyroll',
  at: {
    en: 'https://www.crunchyroll.com/watch/GRDQPM1ZY/a-slug',
    de: 'https://www.crunchyroll.com/de/watch/GRDQPM1ZY/ein-anderer?hl=de',
  },
  contentId: 'crunchyroll:GRDQPM1ZY',
  title: 'E1 - The Long Night',
  speed: true,
  next: { id: 'GR2Z1XYZ9', contentId: 'crunchyroll:GR2Z1XYZ9' },
  breaks: ['no-selector'],
});
