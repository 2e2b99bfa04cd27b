// @vitest-environment happy-dom
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keyInLink, withCertificate } from '../../src/protocol/index.ts';
import { joinPage } from '../../src/server/landing/pages.ts';
import type { RoomPreview } from '../../src/protocol/index.ts';

const KEY = 'q83vEjRWeJASNFZ4kBI0Vg';
const CLOSED: RoomPreview = { exists: true, keyed: true, members: [], content: null, playing: false };
const OPENED: RoomPreview = { ...CLOSED, keyed: false, members: ['Ana'] };

afterEach(() => void vi.unstubAllGlobals());

/** The page of a room that opens to KEY, with its script, at that fragment. */
async function open(fragment: string, roomId = 'film') {
  const asked: (string | null)[] = [];
  vi.stubGlobal('setInterval', () => 0);
  vi.stubGlobal('fetch', (_url: string, { headers }: { headers: Record<string, string> }) => {
    const key = headers['x-room-key'] ?? null;
    asked.push(key);
    return Promise.resolve(Response.json(key === KEY ? OPENED : CLOSED));
  });
  document.body.innerHTML = /<main>.*<\/main>/s.exec(joinPage(roomId, CLOSED, null, '../'))?.[0] ?? '';
  location.hash = fragment;
  vi.resetModules();
  // @ts-expect-error -- a script of a page has no types
  await import('../../src/server/landing/landing.js');
  return { asked, hash: location.hash, text: () => document.querySelector('.now')?.textContent };
}

describe('the script of the invite page', () => {
  it.each([
    ...[`#k=${KEY}`, `#k%3D${KEY}`, `#k=${KEY}).`, `#k=${KEY}%20`, `#k=${KEY}&utm_source=x`, `#a&k=${KEY}_`],
    ...['#k=q83vEjRW', '#top', ''],
  ])('[LINK-1] reads the key of %s as the extension does, and puts the address right', async (fragment) => {
    const { asked, hash } = await open(fragment);
    expect(asked).toEqual([keyInLink(fragment)]);
    expect(hash).toBe(keyInLink(fragment) === null ? fragment : `#k=${KEY}`);
  });

  it.each([
    [`#k=${KEY}`, 'Ana'],
    ['#top', 'This link is incomplete'],
    [`#k=${KEY}A`, 'This link does not open this party'],
  ])('[KEY-5] says after %s: %s', async (fragment, said) => {
    const { text } = await open(fragment);
    await vi.waitFor(() => expect(text()).toContain(said));
  });

  it.each([
    [`#k=${KEY}`, 'Ana', 1],
    ['', 'This link is incomplete', 0],
    [`#k=${KEY}A`, 'This link was changed on its way', 0],
  ])(
    '[LINK-2] of a name that vouches for its key it knows by itself, after %s: %s',
    async (fragment, said, asks) => {
      const roomId = withCertificate('film', createHash('sha256').update(KEY).digest());
      const { asked, text } = await open(fragment, roomId);
      await vi.waitFor(() => expect(text()).toContain(said));
      expect(asked).toHaveLength(asks);
    },
  );
});
