/** What a page shows, as the room names it. */
export interface PageContent {
  contentId: string;
  url: string;
  title: string;
}

/** Parameters that tell where a visitor came from, not what is shown. */
const TRACKING = /^(utm_.*|fbclid|gclid|dclid|msclkid|igshid|mc_eid|ref_src|si)$/i;
const TITLE_CHARS = 300;

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
  for (const name of [...url.searchParams.keys()]) {
    if (TRACKING.test(name)) url.searchParams.delete(name);
  }
  return { contentId: url.href, url: url.href, title: title.trim().slice(0, TITLE_CHARS) };
}
