export { byPresence } from './by-presence.ts';
export type { CallEvent, Relayed } from './call-event.ts';
export { chatItem, lineKey, type ChatItem } from './chat-log.ts';
export { sessionCommand, type SessionCommand } from './commands.ts';
export { contentMetaOf } from './content-meta.ts';
export { canShareMyContent, durationDifferenceSec } from './follow.ts';
export { lenientArray } from './lenient-array.ts';
export { restoreSession, savedSession, saveSession, type SavedSession } from './saved-session.ts';
export {
  followedTimeline,
  isHost,
  mayControl,
  serverClock,
  serverNowMs,
  shownTimeline,
} from './session-queries.ts';
export { sessionSettings, type Member, type Page, type Session } from './session.ts';
export { startSession, type SessionStart } from './start-session.ts';
export type { Effect, Env, TimerName } from './step-context.ts';
export { step, type SessionEvent } from './step.ts';
