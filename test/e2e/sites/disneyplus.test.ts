import { watchTogether } from '../../support/sites/watch-together.ts';

const IDS = ['3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21', '4b0c6d2f-8e3a-4f71-8c2b-1d6e9f8a7b32'] as const;
/** Its speed is not to be corrected, so that only jumps are left. */
const BY_JUMPS_MS = 100;

watchTogether({
  name: 'Disney+',
  at: {
    en: `https://www.disneyplus.com/play/${IDS[0]}`,
    de: `https://www.disneyplus.com/de-de/play/${IDS[0]}?hl=de`,
  },
  contentId: `disneyplus:${IDS[0]}`,
  title: 'The Long Night',
  withinMs: { playing: BY_JUMPS_MS, paused: BY_JUMPS_MS, sought: BY_JUMPS_MS },
  ad: { sec: 5, withinMs: BY_JUMPS_MS },
  next: { id: IDS[1], contentId: `disneyplus:${IDS[1]}` },
  breaks: ['no-global', 'throws', 'no-selector'],
});
