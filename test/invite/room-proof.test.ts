import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRoom, whatNameSays } from '../../src/invite/room-proof.ts';
import { certificateOf, field, keyOfSecret, nameWithoutCertificate } from '../../src/protocol/index.ts';

const digest = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());
const sha256 = (text: string) => Promise.resolve(digest(text));
const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('a new room', () => {
  it('[PROOF-1] [KEY-6] has a name that vouches for its key, and a key that vouches for its maker', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (random) => {
        const { roomId, roomKey, hostSecret } = await newRoom('film night', random, sha256);
        expect(roomKey).toBe(keyOfSecret(digest(hostSecret)));
        expect(roomId).toBe(`film night~${certificateOf(digest(roomKey))}`);
        expect(hostSecret).toMatch(/^[\w-]{22}$/);
        expect(field.roomAccess.safeParse({ hostSecret }).success).toBe(true);
        expect(field.roomId.safeParse(roomId).success).toBe(true);
        expect(await whatNameSays({ roomId, roomKey }, sha256)).toBe('right');
      }),
    );
  });

  it('[PROOF-1] has a secret with all of the randomness in it', async () => {
    const secrets = new Set<string>();
    for (let bit = 0; bit < 128; bit++) {
      const random = new Uint8Array(16);
      random[bit >> 3] = 1 << (bit & 7);
      secrets.add((await newRoom('x', random, sha256)).hostSecret);
    }
    expect(secrets.size).toBe(128);
  });
});

describe('[KEY-6] what a name says of the key in its invite', () => {
  it.each([
    ['right', 'night~5hre2avt', 'key'],
    ['wrong', 'night~5hre2avs', 'key'],
    ['missing', 'night~5hre2avt', null],
    ['no_word', 'amber-otter-paints-4821', 'key'],
    ['no_word', 'amber-otter-paints-4821', null],
  ])('is %s for %s and %s', async (says, roomId, roomKey) => {
    expect(await whatNameSays({ roomId, roomKey }, sha256)).toBe(says);
    expect(nameWithoutCertificate(roomId)).not.toContain('~');
  });
});
