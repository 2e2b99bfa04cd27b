import { watchTogether } from '../../support/sites/watch-together.ts';

watchTogether({
  name: 'Plex',
  // One at Plex's own address, one at that of the machine.
  at: {
    en: 'https://app.plex.tv/desktop/#!/',
    de: 'https://plex.home.example/web/index.html?hl=de#!/server/0a1b2c/details?key=%2Flibrary%2Fmetadata%2F9',
  },
  contentId: 'plex:0a1b2c/815',
  title: 'The Long Night',
  speed: true,
  next: { id: '816', contentId: 'plex:0a1b2c/816' },
  breaks: ['no-selector'],
});
