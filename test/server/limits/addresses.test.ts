import { describe, expect, it } from 'vitest';
import { AddressBook } from '../../../src/server/limits/address-book.ts';
import { addressKeys, readAddress } from '../../../src/server/limits/address-key.ts';
import { DEFAULT_LIMITS } from '../../../src/server/limits/server-limits.ts';

describe('[LIM-9] an address', () => {
  it.each([
    ['192.0.2.7', ['192.0.2.7']],
    ['::ffff:192.0.2.7', ['192.0.2.7']],
    ['2001:db8:1:2:3:4:5:6', ['2001:db8:1:2::/64', '2001:db8:1::/48']],
    ['2001:db8:1:2::9', ['2001:db8:1:2::/64', '2001:db8:1::/48']],
    ['2001:0DB8:0001:0002::9', ['2001:db8:1:2::/64', '2001:db8:1::/48']],
    ['fe80::1%eth0', ['fe80:0:0:0::/64', 'fe80:0:0::/48']],
    ['::1', ['0:0:0:0::/64', '0:0:0::/48']],
    ['', []],
  ])('Address %s is counted under %j.', (address, keys) => expect(addressKeys(address)).toEqual(keys));

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:4711', '192.0.2.7'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['unknown', null],
    ['_hidden', null],
    ['', null],
  ])('A proxy’s %j is read as %j.', (text, address) => expect(readAddress(text)).toBe(address));
});

describe('the address book', () => {
  it('The book counts a customer’s IPv6 network as one, and grants a provider’s ten times as much.', () => {
    const book = new AddressBook({ ...DEFAULT_LIMITS, connectionsPerIp: 3 }, () => 0);
    const connect = (network: number) => book.account(`2001:db8:1:${network}::7`).count('connections');
    for (let i = 0; i < 3; i += 1) expect(connect(0)).not.toBeNull();
    expect(connect(0)).toBeNull();
    for (let i = 3; i < 30; i += 1) expect(connect(i)).not.toBeNull();
    expect(connect(99)).toBeNull();
  });

  it('The book forgets the oldest address of many, and none that is connected.', () => {
    const book = new AddressBook(DEFAULT_LIMITS, () => 0);
    const staying = book.account('10.0.0.1');
    staying.count('connections');
    for (let i = 0; i < 11; i += 1) staying.take('wrong_keys');
    const gone = book.account('10.0.0.2');
    for (let i = 0; i < 11; i += 1) gone.take('wrong_keys');
    for (let i = 0; i < 11_000; i += 1) book.account(`10.1.${i >> 8}.${i & 255}`).take('lookups');
    expect(book.account('10.0.0.1').take('wrong_keys')).toBeGreaterThan(0);
    expect(book.account('10.0.0.2').take('wrong_keys')).toBe(0);
  });
});
