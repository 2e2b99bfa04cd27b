import type { ClientMessage } from '../../protocol/index.ts';
import { relayRate, type ConnectionResource } from '../limits/rates.ts';
import { TokenBucket } from '../limits/token-bucket.ts';
import { Refusal } from '../refusal.ts';
import { isNewReport } from '../rooms/reports.ts';
import { present, type Member, type Session } from '../rooms/room.ts';
import type { Call, RoomMessage } from './call.ts';

/** What a message uses up beside its own frame. */
interface Cost {
  of?: ConnectionResource;
  amount?: number;
  /** Who receives it: everybody else, the one it is addressed to, or nobody. */
  told: 'room' | 'one' | 'nobody';
}

const ACT: Cost = { of: 'acts', told: 'room' };
const STATE: Cost = { of: 'states', told: 'room' };
const SIGNAL: Cost = { of: 'signals', told: 'one' };
const FREE: Cost = { told: 'nobody' };

const COSTS: Readonly<Record<RoomMessage['type'], Cost>> = {
  'room/leave': FREE,
  'chat/send': { of: 'chat', told: 'room' },
  /** It tells up to a hundred messages at once. */
  'chat/restore': { of: 'chat', amount: 10, told: 'room' },
  /** It comes by itself while somebody types, and must not use up what they may say. */
  'chat/typing': { of: 'chat', amount: 0.2, told: 'room' },
  'chat/react': { of: 'chat', told: 'room' },
  'watch/set_content': ACT,
  'watch/playback_state': ACT,
  'watch/go_on': ACT,
  'watch/ready': FREE,
  'room/set_control': ACT,
  'room/set_wait_policy': ACT,
  'room/set_lock': ACT,
  'room/hand_over': ACT,
  'room/remove': ACT,
  'member/state': STATE,
  'rtc/media': STATE,
  'rtc/get_ice': FREE,
  'webrtc/offer': SIGNAL,
  'webrtc/answer': SIGNAL,
  'webrtc/ice': { told: 'one' },
};

/** What a frame costs beyond its bytes, wherever it goes. */
const OVERHEAD_BYTES = 64;

/**
 * Draws what a message uses up, of its connection and its address; throws a refusal that says when to come back (LIM-9 to LIM-12).
 * `bytes`: those of its own frame, of which each receiver gets about as many.
 */
export function charge(call: Call, message: RoomMessage, bytes: number): void {
  const { session, room, member, receivedAtMs } = call;
  const { of, amount = 1, told } = COSTS[message.type];
  if (!isNews(member, message)) return;
  if (of) refuseAfter(session.budget.take(of, receivedAtMs, amount));
  if (told === 'nobody') return;
  const receivers = told === 'one' ? 1 : Math.max(0, present(room).length - 1);
  chargeTold(session, (bytes + OVERHEAD_BYTES) * receivers, receivedAtMs);
  if (told === 'one' && 'toUserId' in message.payload) {
    chargeRelay(call, message.payload.toUserId, bytes + OVERHEAD_BYTES);
  }
}

/** Draws so many bytes that others, or the joiner itself, are told because of a frame. */
export function chargeTold(session: Session, bytes: number, nowMs: number): void {
  refuseAfter(session.budget.take('told', nowMs, bytes) || session.account.take('told', bytes));
}

/** A slow link must bear what comes from one member (LIM-12). */
function chargeRelay({ context, session, room, receivedAtMs }: Call, toUserId: string, bytes: number): void {
  const receiver = room.members.get(toUserId);
  if (!receiver) return;
  receiver.relays ??= new WeakMap();
  const bucket = receiver.relays.get(session) ?? new TokenBucket(relayRate(context.limits), receivedAtMs);
  receiver.relays.set(session, bucket);
  refuseAfter(bucket.take(receivedAtMs, bytes));
}

/** What says the same again is told to nobody, or only later, so it costs nothing. */
function isNews({ media, saidMedia, report }: Member, message: ClientMessage): boolean {
  if (message.type === 'member/state') return isNewReport(report, message.payload);
  if (message.type !== 'rtc/media' || !saidMedia) return true;
  const { inCall, microphone, camera } = message.payload;
  return inCall !== media.inCall || (inCall && (microphone !== media.microphone || camera !== media.camera));
}

export function refuseAfter(waitMs: number): void {
  if (waitMs === 0) return;
  throw new Refusal('bad_request', 'too much at once; wait a moment', { retryAfterMs: waitMs });
}
