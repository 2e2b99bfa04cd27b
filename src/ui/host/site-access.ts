/** Which sites the extension may run on, as the person granted it. */
export interface SiteAccess {
  has(pattern: string): Promise<boolean>;
  /** Must be called first thing in a click: Firefox refuses it after any wait. */
  request(patterns: string[]): Promise<boolean>;
  list(): Promise<string[]>;
  remove(pattern: string): Promise<boolean>;
  /** Calls back whenever a site was granted or removed. */
  onChange(listener: () => void): () => void;
}

/** The match pattern that asks for a page's whole host; null when no permission can be asked for it. */
export function sitePattern(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  // Match patterns know no port in Firefox.
  return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${hostname}/*` : null;
}

/** A page's host as people know it, or null for a page of the browser's own. */
export function siteName(url: string | undefined): string | null {
  return sitePattern(url) === null || url === undefined ? null : new URL(url).hostname.replace(/^www\./, '');
}
