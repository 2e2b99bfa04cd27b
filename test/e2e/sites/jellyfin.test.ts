import { watchTogether } from '../../support/sites/watch-together.ts';

const IDS = ['0123456789abcdef0123456789abcdef', '123456789abcdef0123456789abcdef0'] as const;
const AT = 'https://jellyfin.home.example/web/';

watchTogether({
  name: 'Jellyfin',
  at: { en: `${AT}#/video`, de: `${AT}index.html?hl=de#/video` },
  contentId: `jellyfin:${IDS[0]}`,
  title: 'The Long Night - S1:E1 - Play',
  speed: true,
  next: { id: IDS[1], contentId: `jellyfin:${IDS[1]}` },
  breaks: ['no-selector'],
});
