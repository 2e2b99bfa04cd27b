import { z } from 'zod';
import { field } from '../protocol/index.ts';
import { siteCheck } from './site-check.ts';

const tabId = z.int().min(0);
/** Where a person agreed that their tab may go: they saw its host. */
const origin = z.url({ protocol: /^https?$/ });

/** What an extension page asks of the background, by `runtime.sendMessage`. */
export const command = z.discriminatedUnion('command', [
  /** A new party; `name` is what its people call it. */
  z.object({
    command: z.literal('start'),
    serverUrl: z.url({ protocol: /^wss?$/ }),
    name: field.roomId,
    displayName: field.displayName,
    tabId,
  }),
  z.object({
    command: z.literal('join'),
    serverUrl: z.url({ protocol: /^wss?$/ }),
    roomId: field.roomId,
    roomKey: field.roomKey.nullable(),
    displayName: field.displayName,
    /** The tab that will take part. */
    tabId,
    /** Set when the tab shows no film of its own (an invite page): it goes to what the room watches. */
    goToContent: z.boolean(),
    /** Where it may go by itself; without it the person is asked first. */
    agreedOrigin: origin.optional(),
  }),
  z.object({ command: z.literal('leave') }),
  z.object({ command: z.literal('send_chat'), id: field.chatId, text: field.chatText }),
  z.object({ command: z.literal('retry_chat'), id: field.chatId }),
  /** A page has shown all that was said so far. */
  z.object({ command: z.literal('seen') }),
  /** I type, or have stopped; may come with every key. */
  z.object({ command: z.literal('set_typing'), typing: z.boolean() }),
  /** Answer a message with an emoji (`on: false` takes it off), or without `to` send one over the film. */
  z.object({
    command: z.literal('react'),
    emoji: field.emoji,
    to: field.chatRef.optional(),
    on: z.boolean().optional(),
  }),
  /** Take part with another tab ("watch here"); offers its film to the room. */
  z.object({ command: z.literal('use_tab'), tabId }),
  /** Bring the party's tab to what the room watches, if that is still where the person was told. */
  z.object({ command: z.literal('go_to_content'), origin }),
  /** Everyone is to come along to the film of my tab. */
  z.object({ command: z.literal('take_along') }),
  /** Whether my tab goes along when the party goes on. */
  z.object({ command: z.literal('set_follow'), followParty: z.boolean() }),
  z.object({ command: z.literal('set_control'), control: field.control }),
  z.object({ command: z.literal('hand_over'), userId: field.userId }),
  z.object({ command: z.literal('set_lock'), locked: z.boolean() }),
  /** Put a member out for good, and lock the room. */
  z.object({ command: z.literal('remove'), userId: field.userId }),
  /** What the room does when somebody cannot follow; the host's to say. */
  z.object({ command: z.literal('set_wait_policy'), waitPolicy: field.waitPolicy }),
  /** Stop waiting for those the room waits for. */
  z.object({ command: z.literal('go_on') }),
  /** Take the party to a moment of the film, as by the player's own bar. */
  z.object({ command: z.literal('seek_to'), positionSec: field.positionSec }),
  /** Bring my player to the room's moment now. */
  z.object({ command: z.literal('resync') }),
  z.object({ command: z.literal('set_offset'), offsetMs: field.offsetMs }),
  /** Show the party over the film, or not. */
  z.object({ command: z.literal('show_overlay'), on: z.boolean() }),
  /** The person has let the extension use camera, microphone or both. */
  z.object({ command: z.literal('capture_allowed') }),
  z.object({ command: z.literal('drift_log') }),
  z.object({ command: z.literal('reconnect_now') }),
  z.object({ command: z.literal('probe_tab'), tabId }),
  /** Does this site work? With `tries` the film is paused, sought and sped up for a moment. */
  z.object({ command: z.literal('check_site'), tabId, tries: z.boolean() }),
]);
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
