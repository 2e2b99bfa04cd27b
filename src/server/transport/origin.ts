import { isIP } from 'node:net';

const EXTENSION = /^(chrome|moz)-extension:\/\/[^/]+$/;

/**
 * Whether a page of this origin may use the server. No `Origin` means no browser page; an extension is what the server
 * is for; any other site gets in only by name, so that no page a member visits can join a party behind its back.
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
 * A site whose name its owner points to this server (DNS rebinding) is of one origin with it, as its browser sees it. A page
 * that was loaded from the bare address cannot be such a site.
 */
function isNumeric(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}
