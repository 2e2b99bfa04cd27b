import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { handleCommand, type CommandHost } from '../../src/background/commands.ts';
import type { Command } from '../../src/messaging/commands.ts';
import type { SessionStart } from '../../src/party/index.ts';
import { keyOfSecret, withCertificate } from '../../src/protocol/index.ts';

const digest = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());

/** A background that only remembers what it was to begin. */
function background() {
  const begun: { start: SessionStart; goesTo: { agreedOrigin: string | null } | null }[] = [];
  const nothing = () => undefined;
  let ids = 0;
  const edges: CommandHost = {
    begin: (start, goesTo) => void begun.push({ start, goesTo }),
    ...{ end: nothing, dispatch: nothing, useTab: nothing, resync: nothing, showOverlay: nothing },
    ...{ seen: nothing, captureAllowed: nothing, wallMs: () => 0, driftLog: () => [] },
    goToContent: (agreedOrigin) => Promise.resolve(agreedOrigin === 'https://films.example'),
    probe: () => Promise.reject(new Error('no tab')),
    checkSite: () => Promise.reject(new Error('no tab')),
    newId: () => `id-${++ids}`,
    randomBytes: (count) => new Uint8Array(count).fill(7),
    sha256: (text) => Promise.resolve(digest(text)),
  };
  return { begun, handleCommand: (command: Command) => handleCommand(command, edges) };
}

const who = { serverUrl: 'wss://party.example', displayName: 'Ada', tabId: 7 };
const roomKey = 'q83vEjRWeJASNFZ4kBI0Vg';
const certified = withCertificate('night', digest(roomKey));
const join = (roomId: string, key: string | null, more: object = {}): Command => ({
  ...{ type: 'join', ...who, roomId, roomKey: key, goToContent: false },
  ...more,
});

describe('the background', () => {
  it('[PROOF-1] starts a party whose name vouches for its key, and its key for this person', async () => {
    const { begun, handleCommand } = background();
    expect(await handleCommand({ type: 'start', ...who, name: 'film night' })).toEqual({ ok: true });
    const start = begun[0]?.start;
    const key = keyOfSecret(digest(start?.access?.hostSecret ?? ''));
    expect(start).toMatchObject({
      roomKey: key,
      roomId: withCertificate('film night', digest(key)),
      certified: true,
    });
  });

  it.each([
    ['of a certified name', certified, roomKey, true],
    ['of an older or another client', 'amber-otter-paints-4821', roomKey, false],
    ['entered by its name', 'amber-otter-paints-4821', null, false],
  ])('joins a party %s', async (_, roomId, key, isCertified) => {
    const { begun, handleCommand } = background();
    expect(await handleCommand(join(roomId, key))).toEqual({ ok: true });
    expect(begun).toMatchObject([
      { start: { roomId, roomKey: key, certified: isCertified, access: null }, goesTo: null },
    ]);
  });

  it.each([
    ['changed on its way', 'another-key-of-its-own'],
    ['incomplete', null],
  ])('[KEY-6] joins none by a link that is %s, and says so before any server is asked', async (says, key) => {
    const { begun, handleCommand } = background();
    expect(await handleCommand(join(certified, key))).toMatchObject({
      ok: false,
      message: expect.stringContaining(says) as string,
    });
    expect(begun).toEqual([]);
  });

  it('takes the tab only where the person agreed that it goes', async () => {
    const { begun, handleCommand } = background();
    await handleCommand(join('night', null, { goToContent: true, agreedOrigin: 'https://films.example' }));
    await handleCommand(join('night', null, { goToContent: true }));
    expect(begun.map(({ goesTo }) => goesTo)).toEqual([
      { agreedOrigin: 'https://films.example' },
      { agreedOrigin: null },
    ]);
    expect(await handleCommand({ type: 'go_to_content', origin: 'https://films.example' })).toEqual({
      ok: true,
    });
    expect(await handleCommand({ type: 'go_to_content', origin: 'https://evil.example' })).toMatchObject({
      ok: false,
    });
  });
});
