import type { PageContent } from '../protocol/index.ts';

/** Parameters that tell where a visitor came from, not what is shown. */
const TRACKING = /^(utm_.*|fbclid|gclid|dclid|msclkid|igshid|mc_eid|ref_src|si)$/i;
export const TITLE_CHARS = 300;

/**
 * The address of a page without what differs between visitors to the same film. A fragment is only kept where it is a
 * route ("#!/…", "#/…").
 */
export function pageContent(href: string, title: string): PageContent | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  if (!/^#!?\//.test(url.hash)) url.hash = '';
  // Firefox's content scripts cannot iterate over what is the page's, but call back.
  const tracking: string[] = [];
  url.searchParams.forEach((_, name) => TRACKING.test(name) && tracking.push(name));
  for (const name of tracking) url.searchParams.delete(name);
  const known = title.trim().slice(0, TITLE_CHARS);
  return { contentId: url.href, url: url.href, ...(known !== '' && { title: known }) };
}
