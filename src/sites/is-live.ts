import { sitePage } from './lookup.ts';
import type { SiteRule } from './site-rule.ts';

/** Whether a page shows a live stream, by its address or by what is on it. */
export function isLive(rule: SiteRule, href: string, document: Document): boolean {
  const { kind } = sitePage(rule, href);
  const mark = rule.live?.mark;
  return kind === 'live' || (kind === 'film' && mark !== undefined && document.querySelector(mark) !== null);
}
