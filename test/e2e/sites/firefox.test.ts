import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../../support/chromium.ts';
import { launchFirefoxMember, type FirefoxMember } from '../../support/firefox.ts';
import { startServerProcess } from '../../support/server-process.ts';
import { fixtureOf, type Truth } from '../../support/sites/fixture.ts';
import { startSiteServer } from '../../support/sites/site-server.ts';
import { until } from '../../support/until.ts';

/** Firefox tells where a film is in steps of 20 to 40 ms. */
const WITHIN_MS = 120;
const SITES = [
  {
    name: 'Netflix',
    url: 'https://www.netflix.com/watch/81000001',
    toggle: '[data-uia^="control-play-pause"]',
  },
  { name: 'YouTube', url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', toggle: '.ytp-play-button' },
];

describe.each(SITES)('Firefox and Chromium together on $name', ({ url, toggle }) => {
  const started = new AsyncDisposableStack();
  let fox: FirefoxMember;
  let ana: ChromiumMember;

  beforeAll(async () => {
    const site = started.adopt(await startSiteServer(), (each) => each.close());
    const server = started.adopt(await startServerProcess(), (each) => each.kill());
    ana = started.adopt(await launchChromium('Ana', url, { args: site.chromiumArgs }), (each) =>
      each.close(),
    );
    fox = started.adopt(await launchFirefoxMember('Fox', url, site.firefoxPrefs), (each) => each.close());
    const invite = `http://127.0.0.1:${server.port}/join/${Math.random().toString(36).slice(2)}`;
    for (const member of [ana, fox]) {
      await member.join(invite);
      await until(
        async () => {
          const text = await member.popupText();
          return /\(you\)\s+(Ready|In sync)/.test(text) ? null : text;
        },
        { timeoutMs: 12_000 },
      );
    }
  });
  afterAll(() => started.disposeAsync());

  const both = async () => [await fixtureOf(ana.page).truth(), await foxTruth(fox.page)] as const;
  const come = (playing: boolean) =>
    until(
      async () => {
        const [a, f] = await both();
        const elapsedSec = a.paused ? 0 : ((f.atMs - a.atMs) / 1000) * Math.round(a.rate);
        const apartMs = Math.round((f.positionSec - a.positionSec - elapsedSec) * 1000);
        const fine = a.paused !== playing && f.paused !== playing && Math.abs(apartMs) <= WITHIN_MS;
        return fine ? null : `${apartMs} ms apart, ${JSON.stringify([a, f])}`;
      },
      { timeoutMs: 10_000 },
    );

  test('what one does on the site’s own controls, both do', async () => {
    await ana.page.mouse.move(310, 210);
    await ana.page.locator(toggle).click();
    await come(true);
    await fox.page.mouse.move(320, 220);
    await fox.page.locator(toggle).click();
    await come(false);
    for (const { error, decoysTouched } of await both())
      expect({ error, decoysTouched }).toEqual({ error: null, decoysTouched: 0 });
  });
});

function foxTruth(page: Page): Promise<Truth> {
  return page.evaluate(() => (globalThis as unknown as { fixture: { truth: () => Truth } }).fixture.truth());
}
