import type { ServerPayload } from '../protocol/index.ts';
import type { SessionCommand } from './commands.ts';
import { withReaction } from './chat-log.ts';
import type { Floating } from './session.ts';
import type { Turn } from './turn.ts';

/** Somebody who types says so again and again; of whom nothing is heard for so long has stopped. */
const TYPING_FOR_MS = 5000;
const SAY_AGAIN_AFTER_MS = 2500;
/** How long a reaction can be seen over the film at most. */
const FLOATS_FOR_MS = 6000;
const FLOATING_AT_MOST = 24;

/** This person types, or has stopped. */
export function typed(turn: Turn, typing: boolean): void {
  const { phase, serverCaps, roomId, typingToldAtMs } = turn.session;
  if (phase !== 'online' || !serverCaps.includes('typing')) return;
  const { nowMs } = turn.env;
  const isNews = typing
    ? typingToldAtMs === null || nowMs - typingToldAtMs >= SAY_AGAIN_AFTER_MS
    : typingToldAtMs !== null;
  if (!isNews) return;
  turn.update({ typingToldAtMs: typing ? nowMs : null });
  turn.send('chat/typing', { roomId, typing });
}

export function onTyping(turn: Turn, { userId, typing }: ServerPayload<'chat/typing'>): void {
  const others = turn.session.typing.filter((typist) => typist.userId !== userId);
  const untilMs = turn.env.nowMs + TYPING_FOR_MS;
  turn.update({ typing: typing ? [...others, { userId, untilMs }] : others });
  fadeLater(turn);
}

/** Whoever has said it, or has gone, types no more. */
export function stoppedTyping(turn: Turn, userId: string): void {
  const { typing } = turn.session;
  if (typing.some((typist) => typist.userId === userId)) {
    turn.update({ typing: typing.filter((typist) => typist.userId !== userId) });
  }
}

/** Answers a message with an emoji, or sends one over the film. */
export function react(turn: Turn, { emoji, to, on }: Extract<SessionCommand, { type: 'react' }>): void {
  const { phase, serverCaps, roomId } = turn.session;
  if (phase !== 'online' || !serverCaps.includes('reactions')) return;
  turn.request('chat/react', { roomId, emoji, ...(to && { to }), ...(on !== undefined && { on }) });
}

export function onReaction(turn: Turn, payload: ServerPayload<'chat/reaction'>): void {
  const { fromUserId, emoji, to, on = true } = payload;
  const { chat, floating } = turn.session;
  if (to) return turn.update({ chat: withReaction(chat, to, { fromUserId, emoji, on }) });
  const sent: Floating = {
    id: turn.env.newId(),
    fromUserId,
    emoji,
    untilMs: turn.env.nowMs + FLOATS_FOR_MS,
  };
  turn.update({ floating: [...floating, sent].slice(-FLOATING_AT_MOST) });
  fadeLater(turn);
}

/** What had its time is gone. */
export function fade(turn: Turn): void {
  const lasts = ({ untilMs }: { untilMs: number }) => untilMs > turn.env.nowMs;
  const { typing, floating } = turn.session;
  turn.update({ typing: typing.filter(lasts), floating: floating.filter(lasts) });
  fadeLater(turn);
}

function fadeLater(turn: Turn): void {
  const { typing, floating } = turn.session;
  const ends = [...typing, ...floating].map(({ untilMs }) => untilMs);
  turn.timer('fade', ends.length === 0 ? null : Math.max(0, Math.min(...ends) - turn.env.nowMs));
}
