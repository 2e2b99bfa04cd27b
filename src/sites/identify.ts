import type { PageContent } from '../protocol/index.ts';
import { pageContent, TITLE_CHARS } from './page-content.ts';
import { filled, sitePage, siteOf, type Parts } from './lookup.ts';
import type { PageKind, SiteRule, TitleRule } from './site-rule.ts';

/** What a page is, and what of it can be watched together. */
export interface PageIdentity {
  /** `any`: a site that nothing special is known of. */
  kind: PageKind | 'any';
  /** `null` while that is not known. */
  content: PageContent | null;
}

/** What the page tells beside its address; each only when known. */
export interface PageWords {
  documentTitle: string;
  /** From the site's own player. */
  id?: string | undefined;
  title?: string | undefined;
  /** As the page writes it, like "S1:E6 …". */
  episodeText?: string | undefined;
  season?: number | undefined;
  episode?: number | undefined;
  durationSec?: number | null | undefined;
  /** The length is the stream's, ads and all, since nothing tells the film's. */
  adsInLength?: boolean;
  /** The page has the mark of a live stream (`LiveRule.mark`). */
  live?: boolean;
  /** What `TitleRule.id` found. */
  parts?: Parts | undefined;
}

/** Names what a page shows. Pure: all that it looks at is handed in. */
export function identify(href: string, words: PageWords, rule: SiteRule | null = siteOf(href)): PageIdentity {
  const byAddress = pageContent(href, words.documentTitle);
  if (!rule) return { kind: 'any', content: byAddress && { ...byAddress, ...durationOf(words) } };
  const { kind: byRule, page, parts } = sitePage(rule, href);
  const isLive = byRule === 'live' || (byRule === 'film' && words.live === true);
  const kind = !isLive ? byRule : rule.live ? 'live' : 'refused';
  if (kind === 'browse' || kind === 'refused') return { kind, content: byAddress };
  const { season, episode } = episodeOf(words);
  const told = { ...parts, ...words.parts };
  const named = filled(page?.id, told) ?? words.id ?? idOfTitle(words, rule.title);
  if (named === undefined || !byAddress) return { kind, content: null };
  const ofEpisode = page?.perEpisode && season !== undefined ? `${named}/s${season}e${episode}` : named;
  // When it is over it is a film, which begins at its beginning.
  const id = words.live ? `live/${ofEpisode}` : ofEpisode;
  const content: PageContent = {
    contentId: `${rule.site}:${id}`,
    url: filled(page?.link, told) ?? byAddress.url,
    ...titleOf(words, rule),
    site: rule.site,
    ...(season !== undefined && { season }),
    ...(episode !== undefined && { episode }),
    ...(kind === 'live' ? { live: true } : durationOf(words)),
  };
  return { kind, content };
}

/** Whether another film has another address, so that what comes into a player at the same one is the same film. */
export function isNamedByAddress(href: string, rule: SiteRule | null): boolean {
  if (!rule) return true;
  const { page, parts } = sitePage(rule, href);
  return filled(page?.id, parts) !== null && !page?.perEpisode;
}

function idOfTitle({ title, episodeText }: PageWords, rule: TitleRule | undefined): string | undefined {
  if (!rule?.names || title === undefined) return undefined;
  const text = episodeText === undefined || episodeText === title ? title : `${title} ${episodeText}`;
  return text.trim().replace(/\s+/g, ' ').toLowerCase().slice(0, TITLE_CHARS);
}

/** A document that has only its site's name for a title does not tell what is on. */
function titleOf({ title, documentTitle }: PageWords, rule: SiteRule): { title?: string } {
  const bare = rule.title?.around ? documentTitle.replace(rule.title.around, '') : documentTitle;
  const text = title === undefined || title.trim() === '' ? bare : title;
  const told = text.trim().replace(/\s+/g, ' ').slice(0, TITLE_CHARS);
  return told === '' || told.toLowerCase() === rule.name.toLowerCase() ? {} : { title: told };
}

/** "S1:E6", "T1 Ep.2:", "S2:O3", "Season 1, Ep. 4": a word, a number, a word, a number. */
const EPISODE = /\p{L}+\.?\s*(\d{1,4})\s*[:,.·-]?\s*\p{L}+\.?\s*(\d{1,5})/u;

function episodeOf({ season, episode, episodeText }: PageWords): { season?: number; episode?: number } {
  if (season !== undefined && episode !== undefined) return { season, episode };
  const [, s, e] = EPISODE.exec(episodeText ?? '') ?? [];
  return s === undefined || e === undefined ? {} : { season: Number(s), episode: Number(e) };
}

function durationOf({
  durationSec,
  adsInLength,
}: PageWords): Pick<PageContent, 'durationSec' | 'adsInLength'> {
  if (typeof durationSec !== 'number') return {};
  return { durationSec: Math.round(durationSec * 100) / 100, ...(adsInLength && { adsInLength }) };
}
