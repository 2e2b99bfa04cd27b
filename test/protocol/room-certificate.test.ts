import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  certificateIn,
  certificateOf,
  field,
  keyOfSecret,
  nameWithoutCertificate,
  withCertificate,
} from '../../src/protocol/index.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest();

describe('a room certificate', () => {
  it('[KEY-6] is the first 40 bits of the key’s SHA-256 in Crockford’s base32', () => {
    // printf '%s' key | sha256sum begins 2c70e12b7a.
    expect(certificateOf(sha256('key'))).toBe('5hre2avt');
  });

  it('[KEY-6] is read back from the name it was put on, and the name without it is what a person typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string(), (name, key) => {
        const roomId = withCertificate(name, sha256(key));
        expect(certificateIn(roomId)).toBe(certificateOf(sha256(key)));
        expect(nameWithoutCertificate(roomId)).toBe(nameWithoutCertificate(name));
      }),
    );
  });

  it.each(['amber-otter-paints-4821', 'room-3f9a1b2c', 'night~owls', 'a~0123456', 'a~oooooooo', ''])(
    'is not found in the name %j of another client',
    (roomId) => expect(certificateIn(roomId)).toBeNull(),
  );

  it('[PROOF-1] a key cut from a host secret is a key the protocol accepts', () => {
    const key = keyOfSecret(sha256('a secret'));
    expect(field.roomKey.parse(key)).toHaveLength(22);
  });
});
