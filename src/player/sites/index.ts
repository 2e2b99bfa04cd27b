import { netflix } from './netflix.ts';
import type { PageKind, PageRule, SiteRule } from './site-rule.ts';
import { youtube } from './youtube.ts';

/** Goes up with each change of what is known of a site; told in a site check. */
export const RULES_VERSION = 1;

export const SITES: readonly SiteRule[] = [netflix, youtube];

/** What an address shows, as far as the address itself says. */
export interface SitePage {
  rule: SiteRule;
  kind: PageKind;
  /** Without the site; `null` where the address does not name what is on. */
  id: string | null;
  link: string | null;
  perEpisode: boolean;
}

/** The site of an address; `null` for one that we know nothing special of. */
export function siteOf(href: string): SiteRule | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  return SITES.find((rule) => rule.hosts.some((host) => isHost(url.hostname, host))) ?? null;
}

export function sitePage(rule: SiteRule, href: string): SitePage {
  const url = new URL(href);
  for (const page of rule.pages) {
    const found = match(page, url);
    if (!found) continue;
    const { kind, id, link, perEpisode = false } = page;
    return { rule, kind, id: filled(id, found), link: filled(link, found), perEpisode };
  }
  return { rule, kind: 'browse', id: null, link: null, perEpisode: false };
}

function isHost(hostname: string, host: string): boolean {
  if (!host.startsWith('*.')) return hostname === host;
  return hostname === host.slice(2) || hostname.endsWith(host.slice(1));
}

/** The named parts of an address that fits; `null` for one that does not. */
function match({ path, query = {} }: PageRule, url: URL): Record<string, string> | null {
  // Route of a page that keeps it in the fragment.
  const matches = [path.exec(url.pathname + (/^#!?\//.test(url.hash) ? url.hash : ''))];
  for (const [name, wanted] of Object.entries(query)) {
    matches.push(wanted.exec(url.searchParams.get(name) ?? ''));
  }
  if (matches.includes(null)) return null;
  return Object.assign({}, ...matches.map((each) => each?.groups)) as Record<string, string>;
}

function filled(template: string | undefined, parts: Record<string, string>): string | null {
  return template?.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '') ?? null;
}
