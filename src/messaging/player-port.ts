import { z } from 'zod';
import { field, pageContent } from '../protocol/index.ts';
import { timeline } from '../sync/index.ts';
import { knownBreaks } from './ad-breaks.ts';
import { overlayAct, overlaySecret } from './overlay.ts';

const monotonicMs = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
/** server = background clock + offsetMs. */
const server = z.object({
  offsetMs: z.number().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  boundMs: z.number().min(0),
});

/**
 * What is on instead of the film. `still_watching`: the site asks whether anybody is there; `error`: it shows one; `loading`:
 * its player is not yet there to be driven; `unreadable`: the site has changed, and its player is not understood.
 */
export const interruption = z.object({
  kind: z.enum(['ad', 'still_watching', 'error', 'loading', 'unreadable']),
  /** How long it still takes, as the site says. */
  leftSec: z.number().min(0).max(86_400).nullable(),
});

const point = z.object({ x: z.number(), y: z.number() });

/** Player script to background. */
export const fromPlayer = z.discriminatedUnion('type', [
  /** What the tab's top frame shows; `content` is `null` while that is not known. */
  z.object({
    type: z.literal('page'),
    kind: z.enum(['film', 'live', 'browse', 'refused', 'any']),
    content: pageContent.nullable().catch(null),
  }),
  /** How good this frame's film is; 0 for none. */
  z.object({
    type: z.literal('film'),
    score: z.number().min(0),
    durationSec: z.number().min(0).nullable(),
    /** Something plays where the film should be, and the site's rule does not know it. */
    unrecognised: z.boolean(),
  }),
  /** The player of an embedded frame was given a video, of this length as far as it is known. */
  z.object({ type: z.literal('loaded'), durationSec: z.number().min(0).nullable() }),
  /** Put the script into this frame's page that its site needs. Which one, its address tells. */
  z.object({ type: z.literal('bridge') }),
  /** An iframe came or loaded: it may need a player script too. */
  z.object({ type: z.literal('frames_changed'), largeOrigins: z.array(z.string().max(300)).max(16) }),
  /** The person touched this frame `ageMs` ago; the film may be in another. */
  z.object({ type: z.literal('touched'), ageMs: z.number().min(0).max(60_000) }),
  z.object({
    type: z.literal('intent'),
    intent: field.intent,
  }),
  z.object({
    type: z.literal('status'),
    state: field.ownMemberState,
    driftMs: field.driftMs.nullable(),
    /** Error bound of the server's clock as this frame knows it. */
    boundMs: z.number().min(0).nullable(),
    interruption: interruption.nullable(),
    resists: z.boolean(),
    silenced: z.boolean(),
  }),
  /** The player stands where the held timeline of that `seq` begins, with data to play on. */
  z.object({ type: z.literal('prepared'), seq: field.seq }),
  z.object({ type: z.literal('clock'), t1Ms: monotonicMs }),
  /** Where ads have been seen in its stream. */
  z.object({ type: z.literal('ads'), breaks: knownBreaks }),
  /** The pointer moves in an embedded frame, in CSS pixels of it; `null` unless that frame fills the screen. */
  z.object({ type: z.literal('stirred'), at: point.nullable() }),
  /** This frame shows an overlay that knows this secret; `null` when it shows none. */
  z.object({ type: z.literal('overlay'), secret: overlaySecret.nullable() }),
]);

/** Background to player script. */
export const toPlayer = z.discriminatedUnion('type', [
  /** Whether this frame's film is the one that takes part, and where ads have been seen in its stream before its page was loaded. */
  z.object({ type: z.literal('drive'), on: z.boolean(), ads: knownBreaks }),
  z.object({
    type: z.literal('timeline'),
    timeline: timeline.nullable(),
    intentsSeen: z.int().min(0),
    server: server.nullable(),
    /** This person's own shift of the film, positive for later in it (Bluetooth sound, another cut). */
    offsetMs: field.offsetMs,
  }),
  /** Go to the timeline at once, by a jump if need be: the person asked for it. */
  z.object({ type: z.literal('resync') }),
  /** Make this film what the room watches; `onlyPlaying`: once it plays, unless there is a timeline by then. */
  z.object({ type: z.literal('offer'), onlyPlaying: z.boolean() }),
  z.object({ type: z.literal('touched'), ageMs: z.number().min(0).max(60_000) }),
  z.object({
    type: z.literal('clock'),
    t1Ms: monotonicMs,
    t2Ms: monotonicMs,
    t3Ms: monotonicMs,
    server: server.nullable(),
  }),
  /** As a frame within this page tells. */
  z.object({ type: z.literal('stirred'), at: point.nullable() }),
  /** A key of the browser was pressed that means the overlay. */
  z.object({ type: z.literal('overlay_act'), act: overlayAct }),
  /** Show the overlay over this page, or take it away. */
  z.object({ type: z.literal('overlay'), on: z.boolean() }),
  /** Friends speak: play at this part of the volume that the person has set; 1 for all of it. */
  z.object({ type: z.literal('duck'), level: z.number().min(0).max(1) }),
  /** The tab takes no part any more: leave the page. */
  z.object({ type: z.literal('dismiss') }),
]);

export type Interruption = z.infer<typeof interruption>;
export type TabPage = Omit<Extract<z.infer<typeof fromPlayer>, { type: 'page' }>, 'type'>;
export type FromPlayer = z.infer<typeof fromPlayer>;
export type ToPlayer = z.infer<typeof toPlayer>;
