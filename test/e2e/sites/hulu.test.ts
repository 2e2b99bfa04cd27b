import { watchTogether } from '../../support/sites/watch-together.ts';

const IDS = ['3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21', '4b0c6d2f-8e3a-4f71-8c2b-1d6e9f8a7b32'] as const;

watchTogether({
  name: 'Hulu',
  at: {
    en: `https://www.hulu.com/watch/${IDS[0]}`,
    de: `https://www.hulu.com/watch/${IDS[0]}?hl=de`,
  },
  contentId: `hulu:${IDS[0]}`,
  title: 'The Long Night',
  speed: true,
  // It has an element of its own.
  ad: { sec: 5, withinMs: 20 },
  next: { id: IDS[1], contentId: `hulu:${IDS[1]}` },
  breaks: ['no-selector'],
});
