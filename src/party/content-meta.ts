import { z } from 'zod';
import { visibleText } from '../protocol/index.ts';
import type { RoomContent } from './session.ts';

/** Without a user name, since what stands before an "@" passes for the host. */
const address = z.url({ protocol: /^https?$/, abort: true }).refine((text) => {
  const { username, password } = new URL(text);
  return username === '' && password === '';
});

/** Our own `meta` of a content (docs/protocol.md, META); other clients' may be anything, and what is off counts as absent. */
const contentMeta = z.object({
  url: address.optional().catch(undefined),
  title: z.string().max(300).overwrite(visibleText).optional().catch(undefined),
  season: z.int().min(0).max(9999).optional().catch(undefined),
  episode: z.int().min(0).max(99_999).optional().catch(undefined),
  live: z.boolean().optional().catch(undefined),
  durationSec: z.number().positive().max(1e7).optional().catch(undefined),
  adsInLength: z.boolean().optional().catch(undefined),
});

/**
 * What is known of a content beside its id. `url` is a plain http(s) address that is said to lead there. Which site that is on
 * only the address itself tells: whoever named the site in `meta` may be anybody.
 */
export type ContentFacts = z.infer<typeof contentMeta>;

export function contentFacts({ contentId, meta }: RoomContent): ContentFacts {
  const told = contentMeta.catch({}).parse(meta ?? {});
  const url = told.url ?? address.safeParse(contentId).data;
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
