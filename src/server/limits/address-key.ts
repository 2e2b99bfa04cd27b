import { isIPv4, isIPv6 } from 'node:net';

/** Groups of an IPv6 address that name one customer's network, and a provider's share of such networks. */
const NETWORK_GROUPS = 4;
const PROVIDER_GROUPS = 3;

/** Under what an address is counted: the narrower first. Whoever has one IPv6 address has a whole /64 of them. */
export function addressKeys(address: string): readonly string[] {
  if (!isIPv6(address)) return address === '' ? [] : [address];
  const mapped = address.slice(address.lastIndexOf(':') + 1);
  if (isIPv4(mapped)) return [mapped];
  const groups = groupsOf(address);
  return [NETWORK_GROUPS, PROVIDER_GROUPS].map(
    (count) => `${groups.slice(0, count).join(':')}::/${count * 16}`,
  );
}

function groupsOf(address: string): string[] {
  const [bare = ''] = address.split('%');
  // A URL writes an IPv6 address in its one canonical form (RFC 5952).
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
}

/** The address in a text that may have a port and brackets, as proxies write it; null where there is none. */
export function readAddress(text: string): string | null {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return isIPv4(bare) || isIPv6(bare) ? bare : null;
}

/** The network that an address belongs to; null where none is known. */
export function networkOf(address: string): string | null {
  return addressKeys(address)[0] ?? null;
}

/** Whether it is this machine's own, as every address is behind a proxy that is not trusted. */
export function isLoopback(network: string): boolean {
  return network.startsWith('127.') || network === networkOf('::1');
}
