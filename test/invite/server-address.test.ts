import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExposed, isThisMachine, readServerAddress } from '../../src/invite/server-address.ts';

describe('a typed server address', () => {
  it.each([
    ['party.example.org', 'wss://party.example.org'],
    ['  Party.Example.org/ ', 'wss://party.example.org'],
    ['party.example.org:9000/watch/', 'wss://party.example.org:9000/watch'],
    ['https://party.example.org', 'wss://party.example.org'],
    ['http://192.168.1.5:8787', 'ws://192.168.1.5:8787'],
    ['ws://party.example.org/', 'ws://party.example.org'],
    ['wss://party.example.org:443', 'wss://party.example.org'],
    ['localhost:8787', 'ws://localhost:8787'],
    ['127.0.0.1:8787', 'ws://127.0.0.1:8787'],
    ['[::1]:8787', 'ws://[::1]:8787'],
    ['wss://localhost:8787', 'wss://localhost:8787'],
    ['192.168.1.5:8787', 'wss://192.168.1.5:8787'],
  ])('%s means %s', (typed, url) => expect(readServerAddress(typed)).toEqual({ ok: true, url }));

  it.each([
    ['', /Type the address/],
    ['not an address', /not an address/],
    ['https://', /not an address/],
    ['ftp://party.example.org', /cannot use ftp:/],
    ['https://me:secret@party.example.org', /password/],
    ['party.example.org?room=1', /question mark/],
    ['x'.repeat(2001), /too long/],
  ])('%s is answered with what to do', (typed, advice) => {
    const read = readServerAddress(typed);
    expect(read.ok ? '' : read.advice).toMatch(advice);
  });

  it('reads the same when read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.domain(), fc.string()), (typed) => {
        const read = readServerAddress(typed);
        if (read.ok) expect(readServerAddress(read.url)).toEqual(read);
      }),
    );
  });
});

describe('the way to a server', () => {
  it.each(['ws://party.example.org', 'ws://192.168.1.5:8787', 'ws://127.0.0.1.example.org', 'ws://[::2]'])(
    'can be overheard at %s',
    (url) => expect(isExposed(url)).toBe(true),
  );

  it.each([
    'wss://party.example.org',
    'ws://localhost:8787',
    'ws://127.3.2.1',
    'ws://[::1]:8787',
    'nonsense',
  ])('cannot be overheard at %s', (url) => expect(isExposed(url)).toBe(false));

  it('knows this machine by each of its names', () => {
    expect(['ws://localhost', 'ws://a.localhost', 'ws://127.0.0.1', 'ws://[::1]'].every(isThisMachine)).toBe(
      true,
    );
    expect(isThisMachine('ws://192.168.1.5')).toBe(false);
  });
});
