/** What a page shows, as the room names it. Goes to the others as `contentId` and `meta` (docs/protocol.md, META). */
export interface PageContent {
  /** `<site>:<id>` on a site that is known, else the page's address. */
  contentId: string;
  /** Brings a friend there. */
  url: string;
  /** Absent where the page does not tell it (yet). */
  title?: string;
  site?: string;
  season?: number;
  episode?: number;
  durationSec?: number;
  /** That length has the ads of this visitor's stream in it. */
  adsInLength?: boolean;
  live?: boolean;
}

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
