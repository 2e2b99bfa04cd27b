import { watchTogether } from '../../support/sites/watch-together.ts';

/** As it was until spring 2026: the film in a frame of another origin, its name in the page around it. */
watchTogether({
  name: 'Crunchyroll’s former player',
  at: {
    en: 'https://www.crunchyroll.com/watch/GRDQPM1ZY/a-slug?vilos',
    de: 'https://www.crunchyroll.com/de/watch/GRDQPM1ZY/ein-anderer?hl=de&vilos',
  },
  contentId: 'crunchyroll:GRDQPM1ZY',
  title: 'E1 - The Long Night',
  controls: { frame: 'iframe', toggle: '#toggle', bar: '#bar' },
  speed: true,
});
