import { findDeep } from './find-deep.ts';
import { identify, type PageIdentity, type PageWords } from './identify.ts';
import { isLive } from './is-live.ts';
import { siteOfPage, type Parts } from './lookup.ts';
import type { TitleRule } from './site-rule.ts';

export interface PageEdges {
  document: Document;
  href: () => string;
  shadowOf: (element: Element) => ShadowRoot | null;
  /** What the site's own player says of what is on; nothing where there is none. */
  playerSays: (drives: boolean) => Pick<PageWords, 'id' | 'title' | 'season' | 'episode' | 'durationSec'>;
}
/** What is known of the video in this frame at the moment of reading. */
export interface VideoFacts {
  /** It takes part, so that its player may be asked. */
  drives: boolean;
  /** s; `null` while unknown. */
  durationSec: number | null;
  /** The page's words are about something else just now, an ad. */
  interrupted: boolean;
}

/** Reads from a page what it shows. Sites take titles away with their controls, so what was read once is kept. */
export function pageReader(edges: PageEdges): (video: VideoFacts) => PageIdentity {
  let known: { address: string; words: Partial<PageWords> } = { address: '', words: {} };

  const textOf = (selector: string | undefined): string | undefined => {
    if (selector === undefined) return undefined;
    const texts = findDeep(edges.document, selector, edges.shadowOf).map((found) => found.textContent.trim());
    return texts.find((text) => text !== '')?.slice(0, 1000);
  };
  const partsOf = (rule: TitleRule['id']): Parts | undefined => {
    if (!rule) return undefined;
    const found = findDeep(edges.document, rule.element, edges.shadowOf)[0];
    return rule.form.exec(found?.getAttribute(rule.attribute)?.slice(0, 1000) ?? '')?.groups;
  };

  return ({ drives, durationSec, interrupted }) => {
    const href = edges.href();
    const rule = siteOfPage(href, edges.document);
    const title = rule?.title;
    const says = edges.playerSays(drives);
    const address = `${href} ${says.id ?? ''}`;
    if (known.address !== address) known = { address, words: {} };
    if (title && !interrupted) {
      known.words = {
        ...known.words,
        title: textOf(title.title) ?? known.words.title,
        episodeText: textOf(title.episode) ?? known.words.episodeText,
        parts: partsOf(title.id) ?? known.words.parts,
      };
    }
    // An ad in the film's element has a length of its own.
    if (!interrupted) {
      known.words.durationSec = says.durationSec ?? durationSec;
      known.words.adsInLength = rule?.stitched === true && says.durationSec === undefined;
    }
    const words = {
      documentTitle: edges.document.title.slice(0, 1000),
      ...known.words,
      ...defined(says),
      live: rule?.live?.mark !== undefined && isLive(rule, href, edges.document),
      durationSec: known.words.durationSec,
    };
    return identify(href, words, rule);
  };
}

/** Without the keys that say nothing, so that they do not hide what was known. */
function defined<T extends object>(words: T): T {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as T;
}
