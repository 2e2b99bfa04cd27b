import { z } from 'zod';
import { fromPlayer, toPlayer } from '../../../src/messaging/player-port.ts';

/** The harness's background to the test. */
export const fromHarness = z.discriminatedUnion('on', [
  /** It is there; its clock began then, as `Date.now()` counts. */
  z.object({ on: z.literal('hello'), timeOriginMs: z.number() }),
  z.object({ on: z.literal('opened'), ask: z.int(), tabId: z.int() }),
  /** A word of a frame's player script; `seen` is how many of its intents came so far. */
  z.object({
    on: z.literal('said'),
    tabId: z.int(),
    isTop: z.boolean(),
    /** Its film is the tab's. */
    drives: z.boolean(),
    seen: z.int(),
    message: fromPlayer,
  }),
  /** Another frame has the tab's film, or none. */
  z.object({
    on: z.literal('driver'),
    tabId: z.int(),
    driver: z.object({ isTop: z.boolean(), seen: z.int() }).nullable(),
  }),
]);
export type FromHarness = z.infer<typeof fromHarness>;

/** The test to the harness's background. */
export const toHarness = z.discriminatedUnion('do', [
  /** A window of its own. */
  z.object({ do: z.literal('open'), ask: z.int() }),
  /** To the frame that has the tab's film. */
  z.object({ do: z.literal('tell'), tabId: z.int(), message: toPlayer }),
]);
export type ToHarness = z.infer<typeof toHarness>;

/** A file of the harness's extension, with the port that its background connects to. */
export const HARNESS_CONFIG = 'harness.json';
export const harnessConfig = z.object({ port: z.int() });
