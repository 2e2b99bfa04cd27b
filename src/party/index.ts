export type { CallNews, Relayed } from './call-news.ts';
export { chatItem, lineKey, type ChatItem } from './chat-log.ts';
export { sessionCommand, type SessionCommand } from './commands.ts';
export { contentFacts } from './content-meta.ts';
export { byPresence } from './by-presence.ts';
export { eachByItself } from './each-by-itself.ts';
export { cutSec, takesAlong } from './follow.ts';
export {
  followedTimeline,
  isHost,
  mayControl,
  restoreSession,
  savedSession,
  saveSession,
  startSession,
  type Member,
  type Page,
  type SavedSession,
  type Session,
  type SessionStart,
} from './session.ts';
export { step, type SessionEvent } from './step.ts';
export { serverClock, serverNowMs, type Effect, type Env, type TimerName } from './turn.ts';
