/** Typing and reactions over the video: shown for a moment, and kept by nobody. */
import type { ServerPayload } from '../protocol/index.ts';
import { setReaction } from './chat-log.ts';
import type { SessionCommand } from './commands.ts';
import type { FloatingReaction } from './session.ts';
import type { StepContext } from './step-context.ts';

/** A member that types says so again and again. After this silence it has stopped. */
const TYPING_FOR_MS = 5000;
const SEND_AGAIN_AFTER_MS = 2500;
/** A reaction can be seen over the video for this long at most. */
const FLOATS_FOR_MS = 6000;
const FLOATING_AT_MOST = 24;

/** This user types, or has stopped. */
export function setTyping(step: StepContext, typing: boolean): void {
  const { typingSentAtMs } = step.session.ephemeral;
  if (!step.isOnline || !step.serverHas('typing')) return;
  const { nowMs } = step.env;
  const changed = typing
    ? typingSentAtMs === null || nowMs - typingSentAtMs >= SEND_AGAIN_AFTER_MS
    : typingSentAtMs !== null;
  if (!changed) return;
  step.update('ephemeral', { typingSentAtMs: typing ? nowMs : null });
  step.send('chat/typing', { roomId: step.roomId, typing });
}

export function onTyping(step: StepContext, { userId, typing }: ServerPayload<'chat/typing'>): void {
  const others = step.session.ephemeral.typing.filter((typist) => typist.userId !== userId);
  const untilMs = step.env.nowMs + TYPING_FOR_MS;
  step.update('ephemeral', { typing: typing ? [...others, { userId, untilMs }] : others });
  setTimer(step);
}

/** A member that sent its message, or left, types no more. */
export function stopTyping(step: StepContext, userId: string): void {
  const { typing } = step.session.ephemeral;
  if (typing.some((typist) => typist.userId === userId)) {
    step.update('ephemeral', { typing: typing.filter((typist) => typist.userId !== userId) });
  }
}

/** Reacts to a message with an emoji, or sends one over the video. */
export function react(
  step: StepContext,
  { emoji, to, on }: Extract<SessionCommand, { type: 'react' }>,
): void {
  if (!step.isOnline || !step.serverHas('reactions')) return;
  const { roomId } = step;
  step.request('chat/react', { roomId, emoji, ...(to && { to }), ...(on !== undefined && { on }) });
}

export function onReaction(step: StepContext, payload: ServerPayload<'chat/reaction'>): void {
  const { fromUserId, emoji, to, on = true } = payload;
  const { messages } = step.session.chat;
  if (to) return step.update('chat', { messages: setReaction(messages, to, { fromUserId, emoji, on }) });
  const untilMs = step.env.nowMs + FLOATS_FOR_MS;
  const sent: FloatingReaction = { id: step.env.newId(), fromUserId, emoji, untilMs };
  const { floating } = step.session.ephemeral;
  step.update('ephemeral', { floating: [...floating, sent].slice(-FLOATING_AT_MOST) });
  setTimer(step);
}

/** Removes what had its time. */
export function expire(step: StepContext): void {
  const lasts = ({ untilMs }: { untilMs: number }) => untilMs > step.env.nowMs;
  const { typing, floating } = step.session.ephemeral;
  step.update('ephemeral', { typing: typing.filter(lasts), floating: floating.filter(lasts) });
  setTimer(step);
}

function setTimer(step: StepContext): void {
  const { typing, floating } = step.session.ephemeral;
  const ends = [...typing, ...floating].map(({ untilMs }) => untilMs);
  step.timer('expire', ends.length === 0 ? null : Math.max(0, Math.min(...ends) - step.env.nowMs));
}
