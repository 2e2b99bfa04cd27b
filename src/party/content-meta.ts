import { contentMeta, contentUrl, type ContentMeta } from '../protocol/index.ts';
import type { RoomContent } from './session.ts';

/**
 * The metadata of a content. Its `url` is a plain http(s) address that is said to lead there. Only the address itself tells
 * which site that is on: any member may have named the site in `meta`.
 */
export function contentMetaOf({ contentId, meta }: RoomContent): ContentMeta {
  const parsed = contentMeta.catch({}).parse(meta ?? {});
  const url = parsed.url ?? contentUrl.safeParse(contentId).data;
  return { ...parsed, ...(url !== undefined && { url }) };
}

/**
 * A content with its metadata here, completed by what was known before, since a reloaded page knows less at first. Unknown
 * fields of before are dropped: together with ours they might be more than a content may carry.
 */
export function mergeContentMeta(here: RoomContent, before: RoomContent): RoomContent {
  const own = typeof here.meta === 'object' && here.meta !== null ? here.meta : {};
  return { ...here, meta: { ...contentMeta.catch({}).parse(before.meta ?? {}), ...own } };
}
