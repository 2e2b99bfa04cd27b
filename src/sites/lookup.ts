import { SITES, type BridgeName } from './index.ts';
import type { PageKind, PageRule, SiteRule } from './site-rule.ts';

/** Named parts of what was found; one that may be left out is there without a value. */
export type Parts = Readonly<Record<string, string | undefined>>;

/** What an address shows, as far as the address itself says. */
export interface SitePage {
  kind: PageKind;
  page: PageRule | null;
  parts: Parts;
}

/**
 * The site of a page; `null` for one that we know nothing special of.
 * @param hasElement Of the page itself. Without it a site is only known by its host.
 */
export function siteOf(
  href: string,
  hasElement: (selector: string) => boolean = () => false,
): SiteRule | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const byHost = SITES.find((rule) => rule.hosts.some((host) => isHost(url.hostname, host)));
  return byHost ?? SITES.find(({ mark }) => mark !== undefined && hasElement(mark)) ?? null;
}

export function siteOfPage(href: string, document: Document): SiteRule | null {
  return siteOf(href, (selector) => document.querySelector(selector) !== null);
}

/** The script that a site needs in its page's main world, for films or for live streams only. */
export function bridgeOf(rule: SiteRule | null): BridgeName | null {
  return rule && hasBridge(rule) ? rule.site : null;
}

function hasBridge(rule: SiteRule): rule is SiteRule & { site: BridgeName } {
  return rule.bridge !== undefined || rule.live?.bridge === true;
}

export function sitePage(rule: SiteRule, href: string): SitePage {
  const url = new URL(href);
  for (const page of rule.pages) {
    const parts = match(page, url);
    if (parts) return { kind: page.kind, page, parts: { origin: url.origin, ...parts } };
  }
  return { kind: 'browse', page: null, parts: {} };
}

/** A template with its `{parts}`; `null` when it is none, or one of them is not known. */
export function filled(template: string | undefined, parts: Parts): string | null {
  const names = [...(template?.matchAll(/\{(\w+)\}/g) ?? [])].map(([, name = '']) => name);
  if (template === undefined || names.some((name) => !(name in parts))) return null;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');
}

function isHost(hostname: string, host: string): boolean {
  if (!host.startsWith('*.')) return hostname === host;
  return hostname === host.slice(2) || hostname.endsWith(host.slice(1));
}

/** The named parts of an address that fits; `null` for one that does not. */
function match({ path, query = {} }: PageRule, url: URL): Parts | null {
  // Route of a page that keeps it in the fragment.
  const matches = [path.exec(url.pathname + (/^#!?\//.test(url.hash) ? url.hash : ''))];
  for (const [name, wanted] of Object.entries(query)) {
    matches.push(wanted.exec(url.searchParams.get(name) ?? ''));
  }
  if (matches.includes(null)) return null;
  return Object.assign({}, ...matches.map((each) => each?.groups)) as Parts;
}
