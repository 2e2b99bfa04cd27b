import { contentMeta, contentUrl, type ContentMeta } from '../protocol/index.ts';
import type { RoomContent } from './session.ts';

/**
 * What is known of a content beside its id. `url` is a plain http(s) address that is said to lead there. Which site that is on
 * only the address itself tells: whoever named the site in `meta` may be anybody.
 */
export type ContentFacts = ContentMeta;

export function contentFacts({ contentId, meta }: RoomContent): ContentFacts {
  const told = contentMeta.catch({}).parse(meta ?? {});
  const url = told.url ?? contentUrl.safeParse(contentId).data;
  return { ...told, ...(url !== undefined && { url }) };
}

/**
 * A content with what is known of it here, and else what was told before: a page that was loaded anew knows less at first. Of
 * the rest that was told nothing is kept: together with ours it might be more than a content may carry.
 */
export function withFactsOf(here: RoomContent, before: RoomContent): RoomContent {
  const own = typeof here.meta === 'object' && here.meta !== null ? here.meta : {};
  return { ...here, meta: { ...contentMeta.catch({}).parse(before.meta ?? {}), ...own } };
}
