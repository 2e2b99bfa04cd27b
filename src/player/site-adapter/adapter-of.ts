import type { PlayerAdapter } from '../adapter.ts';
import { htmlAdapter } from '../html-adapter.ts';
import { isLive } from '../../sites/is-live.ts';
import { liveAdapter, type LiveEdges } from './live-adapter.ts';
import { siteAdapter } from './site-adapter.ts';
import type { SiteRule } from '../../sites/site-rule.ts';

/** Drives a `<video>` by what is known of its site; `null` for nothing. */
export function adapterOf(
  video: HTMLVideoElement,
  rule: SiteRule | null,
  href: string,
  edges: LiveEdges,
): PlayerAdapter {
  if (!rule) return htmlAdapter(video);
  if (rule.live && isLive(rule, href, edges.document)) return liveAdapter(video, rule, rule.live, edges);
  return siteAdapter(video, rule, edges);
}
