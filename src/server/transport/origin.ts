import { isIP } from 'node:net';

const EXTENSION = /^(chrome|moz)-extension:\/\/[^/]+$/;

/**
 * Whether a page of this origin may use the server. A request without `Origin` comes from no page, and the server is
 * made for the extension. Other sites need to be named, so that no visited page can join a party unnoticed.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || EXTENSION.test(origin)) return true;
  if (allowed.includes('*') || allowed.includes(origin)) return true;
  return (
    host !== undefined && isNumeric(host) && (origin === `http://${host}` || origin === `https://${host}`)
  );
}

/**
 * Whether the host is an address. A site that points its name to this server (DNS rebinding) shares its origin in a
 * browser's eyes; a page loaded from the bare address cannot be such a site.
 */
function isNumeric(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}
