import { z } from 'zod';
import { interruption } from './player-port.ts';

const sec = z.number().min(0).max(1e10);
const count = z.int().min(0).max(100_000);

/** What one frame of a page is found to have, for the person who asks whether the site works. */
export const frameFacts = z.object({
  isTop: z.boolean(),
  host: z.string().max(255),
  /** The known site that this frame is of. */
  site: z.object({ site: z.string().max(32), name: z.string().max(64) }).nullable(),
  kind: z.enum(['film', 'live', 'browse', 'refused', 'any']),
  /** As the room would name it; of a site that is not known that is the page's address. */
  contentId: z.string().max(2048).nullable(),
  /** The page says a title of the film, beside that of its window; `null` where the rule knows of none. */
  titleShown: z.boolean().nullable(),
  videos: count,
  /** Videos that the site's rule takes for the film, and for something else. */
  named: z.object({ films: count, decoys: count }).nullable(),
  /** Something plays where the film should be, and the site's rule does not know it. */
  unrecognised: z.boolean(),
  film: z
    .object({
      widthPx: count,
      heightPx: count,
      durationSec: sec.nullable(),
      live: z.boolean(),
      /** Protected by DRM (EME). */
      isProtected: z.boolean(),
      paused: z.boolean(),
      /** What its clock moved by in `overMs`. */
      movedSec: z.number().min(-1e6).max(1e6),
      overMs: z.number().min(0).max(60_000),
      interruption: interruption.nullable(),
    })
    .nullable(),
  /** What the site's own player says; `null` where none is needed. `silent`: our script in its page does not answer. */
  bridge: z
    .object({
      answer: z.enum(['reading', 'no_player', 'failed', 'silent']),
      /** The parts of the reading that were there. */
      tells: z.array(z.string().max(32)).max(16),
      /** What is done by the site's own player. */
      drives: z.array(z.enum(['play', 'pause', 'seek'])),
    })
    .nullable(),
  adsKnown: z.boolean(),
  /** The site's live streams can be kept together. */
  liveKnown: z.boolean(),
  can: z.object({ rate: z.boolean(), seekToleranceSec: z.number() }),
  /** Whether the page lets its film fill the screen, and whether it does now. */
  fullScreen: z.object({ allowed: z.boolean(), now: z.boolean() }),
});
export type FrameFacts = z.infer<typeof frameFacts>;

/** What the player did when it was tried; `null` for what was not. */
export const tryFacts = z.object({
  playing: z.boolean().nullable(),
  seek: z.boolean().nullable(),
  rate: z.boolean().nullable(),
});
export type TryFacts = z.infer<typeof tryFacts>;

/** Everything that a site check found in a tab. */
export const siteCheck = z.object({
  status: z.enum(['looked', 'not_permitted', 'not_a_site']),
  /** `RULES_VERSION` of src/sites. */
  rulesVersion: z.string().max(16),
  frames: z.array(frameFacts),
  /** Large frames that we may not look into. */
  hiddenFrameOrigins: z.array(z.string()),
  tried: tryFacts.nullable(),
});
export type SiteCheck = z.infer<typeof siteCheck>;
