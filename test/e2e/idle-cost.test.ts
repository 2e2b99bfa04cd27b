import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytesLoadedBy } from '../support/built-size.ts';
import { CHROME_BUILD, launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { FIREFOX_BUILD } from '../support/firefox.ts';
import { startParty, type TestParty } from '../support/test-party.ts';
import { worldsOfOurs } from '../support/worlds.ts';
import config from '../../wxt.config.ts';

/**
 * In bytes, of what is loaded at once: a twentieth to a third above what it was when it was last set (2026-11-29), so that a large package
 * that comes in by accident is noticed; a feature may raise it.
 */
const AT_MOST: Record<string, number> = {
  'player.js': 240_000,
  'background.js': 260_000,
  'overlay.html': 345_000,
  'popup.html': 335_000,
  'sidepanel.html': 335_000,
  'options.html': 250_000,
};

describe('a page without a party', () => {
  let party: TestParty<'Ana', ChromiumMember> | undefined;
  beforeAll(async () => {
    party = await startParty(['Ana'] as const, (name, url) => launchChromium(name, url));
  });
  afterAll(() => party?.close());

  test('has no script of ours, also not where we may put one', async () => {
    if (!party) throw new Error('no party');
    const { Ana } = party.members;
    await Ana.reload();
    expect(await worldsOfOurs(Ana)).toEqual([]);
    // The same look does find the script of a party.
    await party.join('Ana');
    await expect.poll(() => worldsOfOurs(Ana)).not.toEqual([]);
  });
});

test.each([CHROME_BUILD, FIREFOX_BUILD])('no script is declared for pages by %s', (build) => {
  const manifest = JSON.parse(readFileSync(`${build}/manifest.json`, 'utf8')) as Record<string, unknown>;
  expect(manifest.content_scripts).toBeUndefined();
});

// The build for tests is granted the hosts of tests, and that is all that it differs by (wxt.config.ts).
test.each(['chrome', 'firefox'])('the build that is published for %s is granted no page', async (browser) => {
  const { manifest } = config;
  if (typeof manifest !== 'function') throw new Error('the manifest is made for each browser');
  const env = { browser, mode: 'production', command: 'build', manifestVersion: 3 } as const;
  const made = await manifest(env);
  const granted = [...(made.host_permissions ?? []), ...(made.permissions ?? [])].map(String);
  expect(granted.length).toBeGreaterThan(0);
  expect(granted.filter((permission) => permission.includes(':'))).toEqual([]);
});

describe.each([CHROME_BUILD, FIREFOX_BUILD])('what %s loads at once', (build) => {
  test.each(Object.entries(AT_MOST))('%s is at most %i bytes', (entry, atMost) => {
    const bytes = bytesLoadedBy(build, entry);
    expect(bytes).toBeGreaterThan(atMost / 4);
    expect(bytes).toBeLessThanOrEqual(atMost);
  });
});
