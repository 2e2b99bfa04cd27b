/**
 * Addresses of a site, by example. They stand beside the rule, and tests, the canary and README read them. No build contains
 * them: nothing that ships imports `examples` of a rule, and plain literals leave nothing behind (test/sites/examples.test.ts).
 */
export interface SiteExamples {
  /** A page with content. The site's fixture (test/sites/<site>) shows it, and the canary opens it there. */
  fixture: string;
  pages: readonly PageExample[];
}

export type PageExample = ContentExample | { url: string; kind: 'browse' | 'refused' };

/** One content has one id, in whatever language and by whatever way a user came. */
export interface ContentExample {
  url: string;
  /** `null` where the address does not tell, and what is on the page does. */
  contentId: string | null;
  /** Of a live stream; absent for all else. */
  kind?: 'live';
  /** The address that brings a friend there. */
  link?: string;
  /** The title that is shown, while the document has `documentTitle`. */
  title?: string;
  documentTitle?: string;
}
