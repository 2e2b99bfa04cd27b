import { expect } from 'vitest';
import { fixtureOf, type OneFixture } from '../sites/fixture.ts';
import { handOn, KIT_CONTROLS } from '../sites/hand.ts';
import { FILM_SEC, type SiteFacts } from '../sites/site-facts.ts';
import { until } from '../until.ts';
import type { Harness } from './harness.ts';
import { inStep } from './in-step.ts';
import type { PlayerPage } from './player-page.ts';

/** A site's fixture with the product's player script in it. */
export interface SitePage extends OneFixture {
  player: PlayerPage;
  hand: ReturnType<typeof handOn>;
  /** The page was loaded anew. */
  reload: () => Promise<void>;
  /** Waits until the film is so near the room's, ms. */
  settles: (withinMs: number) => Promise<number>;
}

/** Opens a site's page and has a test use it; whatever that does, the page must come out of it unharmed. */
export async function onSite(
  harness: Harness,
  site: SiteFacts,
  use: (page: SitePage) => Promise<void>,
  language: 'en' | 'de' = 'en',
): Promise<void> {
  const player = await harness.open(site.at[language]);
  try {
    const page = sitePage(player, site);
    await arrive(page);
    await use(page);
    expect(await page.truth()).toMatchObject({ decoysTouched: 0, error: null });
    const kept = () => [...Object.keys(sessionStorage), ...Object.keys(localStorage), document.cookie];
    expect((await player.page.evaluate(kept)).join()).not.toMatch(/streamsync/i);
  } finally {
    await player.close();
  }
}

function sitePage(player: PlayerPage, site: SiteFacts): SitePage {
  const fixture = fixtureOf(player.page);
  const page: SitePage = {
    ...fixture,
    player,
    hand: handOn(player, site.controls ?? KIT_CONTROLS, FILM_SEC),
    reload: async () => {
      await player.page.reload();
      await arrive(page);
    },
    settles: (withinMs) =>
      inStep(
        { look: fixture.truth, timeline: () => player.room.timeline, says: () => player.says },
        withinMs,
      ),
  };
  return page;
}

/** A browser lets a page play with sound only after a person has touched it. */
async function arrive({ loaded, player }: SitePage): Promise<void> {
  await loaded();
  await player.page.locator('h1').first().click();
  await until(() => Promise.resolve(player.driven ? null : `not driven: ${player.says}`), {
    timeoutMs: 12_000,
  });
}
