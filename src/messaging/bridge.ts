import { z } from 'zod';

/**
 * Between our world and a script of ours in the page's own world, by events of the document (`bridge-events.ts`) whose detail is
 * JSON. The page sees them all and can forge any, so what comes from there is a reading of the player, never a person's intent.
 */
export type BridgeAct = 'play' | 'pause' | 'seek';
export type BridgeRequest = { type: 'read' | 'play' | 'pause' } | { type: 'seek'; toSec: number };

const sec = z.number().min(0).max(1e10);
const word = z.string().min(1).max(300);

/** All optional: a part that is not what it should be is as good as none. */
export const bridgeReading = z.object({
  /** The film's own time, and at the same moment that of the element, which may run through ads as well. */
  contentSec: sec.optional().catch(undefined),
  elementSec: sec.optional().catch(undefined),
  durationSec: sec.optional().catch(undefined),
  ad: z.boolean().optional().catch(undefined),
  adLeftSec: sec.optional().catch(undefined),
  /** All ads that are part of the stream, by where in the film they are. */
  adBreaks: z
    .array(z.object({ contentSec: sec, lengthSec: z.number().positive().max(3600) }))
    .max(100)
    .optional()
    .catch(undefined),
  /** How far a live stream is behind what is being sent. */
  latencySec: z.number().min(0).max(86_400).optional().catch(undefined),
  id: z
    .string()
    .regex(/^[\w:.-]{1,200}$/)
    .optional()
    .catch(undefined),
  title: word.optional().catch(undefined),
  season: z.int().min(0).max(9999).optional().catch(undefined),
  episode: z.int().min(0).max(99_999).optional().catch(undefined),
});
export type BridgeReading = z.infer<typeof bridgeReading>;

/** `no_player`: the site has none to be driven yet, or none that is understood. `failed`: it threw. */
export const bridgeAnswer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done') }),
  z.object({ type: z.literal('reading'), reading: bridgeReading }),
  z.object({ type: z.literal('no_player') }),
  z.object({ type: z.literal('failed') }),
]);
export type BridgeAnswer = z.infer<typeof bridgeAnswer>;
