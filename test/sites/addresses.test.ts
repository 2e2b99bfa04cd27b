import { describe, expect, it } from 'vitest';
import { identify, isNamedByAddress } from '../../src/sites/identify.ts';
import { SITES } from '../../src/sites/index.ts';
import { siteOf } from '../../src/sites/lookup.ts';

// Addresses of one site stand in its rule, and examples.test.ts holds them.

describe('a page that only looks like a site is none by its address', () => {
  it.each([
    'https://disneyplus.com.evil.example/play/x',
    'https://evil-primevideo.com/detail/0KRGHGZCHK',
    'https://netflix.com.evil.example/watch/1',
    'https://www.netflix.com@evil.example/watch/1',
    'https://www.twitch.tv.evil.example/somebody',
    'http://media.home.example:8096/web/#/video',
  ])('%s', (href) => expect(identify(href, { documentTitle: '' }).kind).toBe('any'));
});

it('no two sites share a name, and each is known by a host or a mark', () => {
  expect(new Set(SITES.map(({ site }) => site)).size).toBe(SITES.length);
  for (const { hosts, mark } of SITES) expect(hosts.length > 0 || mark !== undefined).toBe(true);
});

it.each([
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', true],
  ['https://films.example/night', true],
  ['https://www.primevideo.com/detail/0KRGHGZCHKS920ZQGY5LBRF7MA', false],
  ['https://app.plex.tv/desktop/#!/', false],
  ['https://tv.apple.com/', false],
])('%s: another film has another address: %s', (href, named) =>
  expect(isNamedByAddress(href, siteOf(href))).toBe(named),
);
