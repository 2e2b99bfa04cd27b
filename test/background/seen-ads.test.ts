import { expect, it } from 'vitest';
import { SeenAds } from '../../src/background/seen-ads.ts';

const FRAME = { tabId: 7, url: 'https://www.primevideo.com/detail/1' };
const BREAKS = [{ startElementSec: 12, lengthSec: 5 }];

/** The browser's storage, which outlives the background. */
function storage(kept: Record<string, unknown> = {}) {
  return {
    get: () => Promise.resolve({ ...kept }),
    set: (items: Record<string, unknown>) => {
      Object.assign(kept, items);
      return Promise.resolve();
    },
    remove: () => {
      for (const key of Object.keys(kept)) Reflect.deleteProperty(kept, key);
      return Promise.resolve();
    },
  };
}
async function loaded(from: ReturnType<typeof storage>): Promise<SeenAds> {
  const seen = new SeenAds(from);
  await seen.load();
  return seen;
}

it('knows of a tab’s ads after another page of the site was loaded there, and of no other tab or site', () => {
  const seen = new SeenAds(storage());
  seen.note(FRAME, BREAKS);
  expect(seen.of({ ...FRAME, url: 'https://www.primevideo.com/detail/2' })).toEqual(BREAKS);
  expect(seen.of({ ...FRAME, tabId: 8 })).toEqual([]);
  expect(seen.of({ ...FRAME, url: 'https://evil.example/' })).toEqual([]);
  expect(seen.of({ ...FRAME, url: '' })).toEqual([]);
});

it('still knows after the background has died, until the party is over', async () => {
  const kept = storage();
  new SeenAds(kept).note(FRAME, BREAKS);
  const next = await loaded(kept);
  expect(next.of(FRAME)).toEqual(BREAKS);
  next.forget();
  expect((await loaded(kept)).of(FRAME)).toEqual([]);
});

it('takes what is newer than what was kept, and nothing that is not its own', async () => {
  const seen = new SeenAds(
    storage({ ads: { tabId: 7, origin: 'https://www.primevideo.com', breaks: BREAKS } }),
  );
  seen.note(FRAME, []);
  await seen.load();
  expect(seen.of(FRAME)).toEqual([]);
  expect((await loaded(storage({ ads: { tabId: 7, origin: 1 } }))).of(FRAME)).toEqual([]);
});
