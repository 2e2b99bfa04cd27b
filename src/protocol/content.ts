import { z } from 'zod';
import { visibleText } from './display-name.ts';
import { contentId } from './fields.ts';

/** An address that a browser can open, without a user name: what stands before an "@" passes for the host. */
export const contentUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .max(4096)
  .refine((text) => {
    const { username, password } = new URL(text);
    return username === '' && password === '';
  });

/** What is known of a content beside its id (docs/protocol.md, META). */
const facts = {
  /** Brings a friend there. */
  url: contentUrl,
  /** As it is shown: nothing in it turns the reading direction or draws over its neighbours. */
  title: z.string().max(300).overwrite(visibleText),
  /** The site that its rule is of; whoever is told it may be told anything. */
  site: z.string().max(32),
  season: z.int().min(0).max(9999),
  episode: z.int().min(0).max(99_999),
  durationSec: z.number().min(0).max(1e7),
  /** That length has the ads of this visitor's stream in it. */
  adsInLength: z.boolean(),
  live: z.boolean(),
};

/** What a page of ours shows, in a message of our own. */
export const pageContent = z.object({
  /** `<site>:<id>` on a site that is known, else the page's address. */
  contentId,
  url: facts.url,
  title: facts.title.optional(),
  site: facts.site.optional(),
  season: facts.season.optional(),
  episode: facts.episode.optional(),
  durationSec: facts.durationSec.optional(),
  adsInLength: facts.adsInLength.optional(),
  live: facts.live.optional(),
});
export type PageContent = z.infer<typeof pageContent>;

/** The `meta` of a content as another client told it, which may be anything: a part that is off counts as absent. */
export const contentMeta = z.object({
  url: facts.url.optional().catch(undefined),
  title: facts.title.optional().catch(undefined),
  season: facts.season.optional().catch(undefined),
  episode: facts.episode.optional().catch(undefined),
  durationSec: facts.durationSec.positive().optional().catch(undefined),
  adsInLength: facts.adsInLength.optional().catch(undefined),
  live: facts.live.optional().catch(undefined),
});
export type ContentMeta = z.infer<typeof contentMeta>;
