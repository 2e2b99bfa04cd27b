import { z } from 'zod';
import { visibleText } from '../protocol/index.ts';
import type { RoomContent } from './session.ts';

const address = z.url({ protocol: /^https?$/ });

/** Our own `meta` of a content (docs/protocol.md, META); other clients' may be anything, and what is off counts as absent. */
const contentMeta = z.object({
  url: address.optional().catch(undefined),
  title: z.string().max(300).overwrite(visibleText).optional().catch(undefined),
  site: z.string().max(32).optional().catch(undefined),
  live: z.boolean().optional().catch(undefined),
  durationSec: z.number().positive().max(1e7).optional().catch(undefined),
  adsInLength: z.boolean().optional().catch(undefined),
});

/** What is known of a content beside its id. `url` is a plain http(s) address that leads there. */
export type ContentFacts = z.infer<typeof contentMeta>;

export function contentFacts({ contentId, meta }: RoomContent): ContentFacts {
  const told = contentMeta.catch({}).parse(meta ?? {});
  const url = told.url ?? address.safeParse(contentId).data;
  return { ...told, ...(url !== undefined && { url }) };
}

/** A content with what is known of it here, and else what was told before: a page that was loaded anew knows less at first. */
export function withFactsOf(here: RoomContent, before: RoomContent): RoomContent {
  return { ...here, meta: { ...facts(before), ...facts(here) } };
}

function facts({ meta }: RoomContent): object {
  return typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? meta : {};
}

/** Whether two contents are of one site, so that going from one to the other is what its visitors do. */
export function sameSite(a: RoomContent, b: RoomContent): boolean {
  const [one, other] = [contentFacts(a), contentFacts(b)];
  if (one.site !== undefined || other.site !== undefined) return one.site === other.site;
  return one.url !== undefined && other.url !== undefined && hostOf(one.url) === hostOf(other.url);
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}
