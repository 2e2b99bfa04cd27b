import { pageContent } from './page-content.ts';
import { filled, siteOf, sitePage } from './lookup.ts';
import type { SiteRule } from './site-rule.ts';

/** A content as somebody names it, and the address that is said to lead there. */
export interface NamedContent {
  contentId: string;
  url: string;
}

/** Whether a visitor who goes from one http(s) address to the other stays on one site. */
export function sameSite(from: string, to: string): boolean {
  const [here, there] = [new URL(from), new URL(to)];
  if (here.protocol === 'https:' && there.protocol !== 'https:') return false;
  const rule = knownByHost(from);
  if (rule !== knownByHost(to)) return false;
  return here.origin === there.origin || (rule !== null && here.port === there.port);
}

/**
 * Where a tab that shows `here` is to go for the film that somebody else names. The address alone is believed: null unless it
 * is that film's page on the site of the tab.
 */
export function contentAddress(told: NamedContent, here: NamedContent): string | null {
  if (!sameSite(here.url, told.url)) return null;
  const rule = knownByHost(told.url);
  if (rule) return addressOnSite(rule, told);
  // A page that has another name than its address is one of a site that runs on anybody's host, whose addresses tell nothing.
  return isNamedByUrl(here) && isNamedByUrl(told) ? told.contentId : null;
}

/** The site whose own hosts the address is on; null for others, and where a site runs on anybody's host. */
function knownByHost(url: string): SiteRule | null {
  const rule = siteOf(url);
  return rule?.mark === undefined ? rule : null;
}

function isNamedByUrl({ contentId, url }: NamedContent): boolean {
  return pageContent(url, '')?.contentId === contentId;
}

function addressOnSite(rule: SiteRule, { contentId, url }: NamedContent): string | null {
  const { kind, page, parts } = sitePage(rule, url);
  const id = filled(page?.id, parts);
  const isFilm = kind === 'film' || (kind === 'live' && rule.live !== undefined);
  if (!isFilm || id === null) return null;
  const named = `${rule.site}:${id}`;
  const isTold =
    contentId === named ||
    // Which episode is on, and that a stream is live, only the page tells.
    (page?.perEpisode === true && /^\/s\d+e\d+$/.test(afterwards(contentId, named))) ||
    (rule.live?.mark !== undefined && contentId === `${rule.site}:live/${id}`);
  return isTold ? filled(page?.link, parts) : null;
}

/** What follows in `text` after `start`; empty where it does not begin so. */
function afterwards(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : '';
}
