import { z } from 'zod';
import { field, OUT_OF_CALL } from '../protocol/index.ts';
import { timeline } from '../sync/index.ts';
import { chatItem } from './chat-log.ts';
import { lenientArray } from './lenient-array.ts';
import { timelineAgeMs } from './session-queries.ts';
import { FINAL_PROBLEMS, sessionSettings, type Session } from './session.ts';
import { startSession } from './start-session.ts';

/**
 * The part of a session that outlives its background. It holds no time of a clock that ends with the background. It lies in
 * `storage.session`, which the browser clears when the extension is updated, so older shapes are refused, not converted.
 */
export const savedSession = z.object({
  identity: z.object({
    serverUrl: z.string(),
    roomId: field.roomId,
    me: field.peer,
    resumeToken: field.token,
    roomKey: field.roomKey.nullable(),
    certified: z.boolean(),
    access: field.roomAccess.nullable(),
  }),
  tabId: z.int().nullable(),
  stopped: z.boolean(),
  endedBy: z.enum(FINAL_PROBLEMS).nullable(),
  room: z.object({
    epoch: field.token.nullable(),
    hostUserId: field.userId.nullable(),
    rules: field.hostRules.pick({ control: true, waitPolicy: true }),
    peers: lenientArray(
      field.peer.extend({
        report: field.memberReport,
        media: field.media.optional(),
        letIn: z.boolean().optional(),
      }),
    ),
  }),
  playback: z.object({
    content: z.object({ contentId: field.contentId, meta: field.meta.optional() }).nullable(),
    timeline: timeline.nullable(),
    timelineAgeMs: z.number().nullable(),
  }),
  settings: sessionSettings,
  lastSharedContentId: field.contentId.nullable(),
  call: z.object({ media: field.media, mediaSent: z.boolean() }),
  chat: z.object({ messages: lenientArray(chatItem), notices: lenientArray(field.notice) }),
  /** `Date.now()` at saving: only ever compared with the same machine's. */
  savedAtWallMs: z.number(),
});
export type SavedSession = z.infer<typeof savedSession>;

export function saveSession(session: Session, nowMs: number, wallMs: number): SavedSession {
  const { identity, tab, connection, room, playback, settings, navigation, chat, call } = session;
  const { control, waitPolicy } = room.rules;
  return {
    identity,
    tabId: tab.tabId,
    stopped: connection.phase === 'stopped',
    // The user can still read why the session ended after the background has slept.
    endedBy: FINAL_PROBLEMS.find((each) => each === connection.problem) ?? null,
    room: {
      epoch: room.epoch,
      hostUserId: room.hostUserId,
      rules: { control, waitPolicy },
      peers: [...room.peers],
    },
    playback: {
      content: playback.content,
      timeline: playback.timeline,
      timelineAgeMs: timelineAgeMs(session, nowMs),
    },
    settings,
    lastSharedContentId: navigation.lastSharedContentId,
    call: { media: call.media, mediaSent: call.mediaSent },
    chat: { messages: [...chat.messages], notices: [...chat.notices] },
    savedAtWallMs: wallMs,
  };
}

export function restoreSession(saved: SavedSession, nowMs: number, wallMs: number): Session {
  const { identity, tabId, stopped, endedBy, settings, lastSharedContentId } = saved;
  const fresh = startSession({ ...identity, tabId });
  const asleepMs = Math.max(0, wallMs - saved.savedAtWallMs);
  const { timelineAgeMs: savedAgeMs, ...playback } = saved.playback;
  const timelineAge = savedAgeMs === null ? null : { ageMs: savedAgeMs + asleepMs, atMs: nowMs };
  return {
    ...fresh,
    connection: {
      ...fresh.connection,
      phase: stopped ? 'stopped' : 'connecting',
      problem: stopped ? endedBy : null,
      abandonedAtMs: nowMs,
    },
    room: { ...fresh.room, ...saved.room, rules: { ...fresh.room.rules, ...saved.room.rules } },
    playback: { ...fresh.playback, ...playback, timelineAge },
    settings,
    navigation: { ...fresh.navigation, lastSharedContentId },
    // A session that has ended is in no call, whatever was saved.
    call: { ...fresh.call, ...saved.call, media: stopped ? OUT_OF_CALL : saved.call.media },
    chat: { ...fresh.chat, ...saved.chat },
  };
}
