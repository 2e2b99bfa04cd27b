import { z } from 'zod';
import { sessionCommand } from '../party/index.ts';
import { field } from '../protocol/index.ts';
import { siteCheck } from './site-check.ts';

const tabId = z.int().min(0);
/** Where a person agreed that their tab may go: they saw its host. */
const origin = z.url({ protocol: /^https?$/ });

/** What the background does beside the session: the party's beginning and end, its tab, and what pages ask. */
const backgroundCommand = z.discriminatedUnion('type', [
  /** A new party; `name` is what its people call it. */
  z.object({
    type: z.literal('start'),
    serverUrl: z.url({ protocol: /^wss?$/ }),
    name: field.roomId,
    displayName: field.displayName,
    tabId,
  }),
  z.object({
    type: z.literal('join'),
    serverUrl: z.url({ protocol: /^wss?$/ }),
    roomId: field.roomId,
    roomKey: field.roomKey.nullable(),
    displayName: field.displayName,
    /** The tab that will take part. */
    tabId,
    /** Set when the tab shows no video of its own (an invite page): it goes to what the room watches. */
    goToContent: z.boolean(),
    /** Where it may go by itself; without it the user is asked first. */
    agreedOrigin: origin.optional(),
  }),
  z.object({ type: z.literal('leave') }),
  /** A page has shown all that was said so far. */
  z.object({ type: z.literal('seen') }),
  /** Take part with another tab ("watch here"); offers its video to the room. */
  z.object({ type: z.literal('use_tab'), tabId }),
  /** Bring the party's tab to what the room watches, if that is still where the user was told. */
  z.object({ type: z.literal('go_to_content'), origin }),
  /** Bring my player to the room's moment now. */
  z.object({ type: z.literal('resync') }),
  /** Show the party over the video, or not. */
  z.object({ type: z.literal('show_overlay'), on: z.boolean() }),
  /** The user has let the extension use camera, microphone or both. */
  z.object({ type: z.literal('capture_allowed') }),
  z.object({ type: z.literal('drift_log') }),
  z.object({ type: z.literal('probe_tab'), tabId }),
  /** Does this site work? With `tries` the video is paused, sought and sped up for a moment. */
  z.object({ type: z.literal('check_site'), tabId, tries: z.boolean() }),
]);

/** What an extension page asks of the background, by `runtime.sendMessage`. */
export const command = z.discriminatedUnion('type', [backgroundCommand, sessionCommand]);
export type Command = z.infer<typeof command>;

/** What a tab has to offer, found by looking into it. */
export const tabProbe = z.object({
  /** `ok`: a film was found. `no_video`: none yet. `not_permitted`: we may not look. `not_a_site`: a browser page. */
  status: z.enum(['ok', 'no_video', 'not_permitted', 'not_a_site']),
  /** Origins of large frames we may not look into, where the film may be; each to be asked for. */
  hiddenFrameOrigins: z.array(z.string()),
});
export type TabProbe = z.infer<typeof tabProbe>;

/** The last minutes of every member's drift, oldest first. `atMs` as `Date.now()` counts. */
export const driftLog = z.array(
  z.object({
    userId: field.userId,
    points: z.array(
      z.object({
        atMs: z.number(),
        /** Player minus timeline, ms; `null` where nothing could be said. */
        driftMs: field.driftMs.nullable(),
        boundMs: z.number().min(0).nullable(),
        state: field.memberState,
      }),
    ),
  }),
);
export type DriftLog = z.infer<typeof driftLog>;

export const commandReply = z.union([
  z.object({
    ok: z.literal(true),
    probe: tabProbe.optional(),
    driftLog: driftLog.optional(),
    siteCheck: siteCheck.optional(),
  }),
  /** `message` is one plain sentence for the person. */
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type CommandReply = z.infer<typeof commandReply>;
