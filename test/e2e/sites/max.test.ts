import { watchTogether } from '../../support/sites/watch-together.ts';

const IDS = ['3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21', '4b0c6d2f-8e3a-4f71-8c2b-1d6e9f8a7b32'] as const;
const SHOW = 'b7e1d0c2-1111-4222-8333-944455566677';
const PROMO = '0d9c8b7a-2222-4333-8444-a55566677788';

watchTogether({
  name: 'HBO Max',
  at: {
    en: `https://play.hbomax.com/video/watch/${IDS[0]}/${SHOW}`,
    // To Ben a promo is shown before each film.
    de: `https://play.max.com/video/watch/${PROMO}?hl=de`,
  },
  contentId: `max:${IDS[0]}`,
  title: 'The Long Night',
  speed: true,
  ad: { sec: 5, withinMs: 20 },
  next: { id: IDS[1], contentId: `max:${IDS[1]}` },
  breaks: ['no-selector'],
});
