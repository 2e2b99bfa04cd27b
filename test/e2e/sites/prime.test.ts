import { watchTogether } from '../../support/sites/watch-together.ts';

const ID = '0KRGHGZCHKS920ZQGY5LBRF7MA';

watchTogether({
  name: 'Prime Video',
  at: {
    en: `https://www.primevideo.com/detail/${ID}/ref=atv_hm`,
    de: `https://www.primevideo.com/-/de/region/eu/detail/${ID}?hl=de`,
  },
  contentId: `prime:${ID}/s3e7`,
  title: 'The Long Night',
  speed: true,
  ad: { sec: 5, withinMs: 20 },
  next: { id: '', contentId: `prime:${ID}/s3e8` },
  breaks: ['no-selector'],
});
