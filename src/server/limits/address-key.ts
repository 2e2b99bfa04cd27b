import { isIPv4, isIPv6 } from 'node:net';

/** Groups of an IPv6 address that name one customer's network, and a provider's share of such networks. */
const NETWORK_GROUPS = 4;
const PROVIDER_GROUPS = 3;

/**
 * Keys under which an address is counted, the narrower network first. A customer with one IPv6 address has a whole
 * /64.
 */
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

/** Reads an address with an optional port and brackets, as proxies write it; `null` if there is none. */
export function readAddress(text: string): string | null {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return isIPv4(bare) || isIPv6(bare) ? bare : null;
}

/** The network of an address; `null` if unknown. */
export function networkOf(address: string): string | null {
  return addressKeys(address)[0] ?? null;
}

/** Whether the network is this machine's own, as for every address behind an untrusted proxy. */
export function isLoopback(network: string): boolean {
  return network.startsWith('127.') || network === networkOf('::1');
}
