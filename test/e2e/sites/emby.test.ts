import { watchTogether } from '../../support/sites/watch-together.ts';

const AT = 'https://emby.home.example/web/index.html';

watchTogether({
  name: 'Emby',
  at: { en: `${AT}#!/videoosd/videoosd.html`, de: `${AT}?hl=de#!/videoosd/videoosd.html` },
  contentId: 'emby:4711',
  title: 'The Long Night - S1:E1',
  speed: true,
  next: { id: '4712', contentId: 'emby:4712' },
  breaks: ['no-selector', 'converted'],
});
