import type { ClientMessage } from '../../protocol/index.ts';
import { relayRate, type ConnectionResource } from '../limits/rates.ts';
import { TokenBucket } from '../limits/token-bucket.ts';
import { ProtocolError } from '../protocol-error.ts';
import { isNewReport } from '../rooms/reports.ts';
import { connectedMembers, type ClientConnection, type Member } from '../rooms/room.ts';
import type { MessageContext, RoomMessage } from './message-context.ts';

/** What a message uses up beside its own frame. */
interface Cost {
  resource?: ConnectionResource;
  amount?: number;
  /** Who receives it: everybody else, the one it is addressed to, or nobody. */
  receivers: 'room' | 'one' | 'nobody';
}

const ACT: Cost = { resource: 'acts', receivers: 'room' };
const STATE: Cost = { resource: 'states', receivers: 'room' };
const SIGNAL: Cost = { resource: 'signals', receivers: 'one' };
const FREE: Cost = { receivers: 'nobody' };

const COSTS: Readonly<Record<RoomMessage['type'], Cost>> = {
  'room/leave': FREE,
  'chat/send': { resource: 'chat', receivers: 'room' },
  /** It tells up to a hundred messages at once. */
  'chat/restore': { resource: 'chat', amount: 10, receivers: 'room' },
  /** It comes by itself while somebody types, and must not use up what they may say. */
  'chat/typing': { resource: 'chat', amount: 0.2, receivers: 'room' },
  'chat/react': { resource: 'chat', receivers: 'room' },
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
  'webrtc/ice': { receivers: 'one' },
};

/** What a frame costs beyond its bytes, wherever it goes. */
const OVERHEAD_BYTES = 64;

/**
 * Draws what a message uses up, of its connection and its address; throws a refusal that says when to come back (LIM-9 to LIM-12).
 * `bytes`: those of its own frame, of which each receiver gets about as many.
 */
export function charge(context: MessageContext, message: RoomMessage, bytes: number): void {
  const { connection, room, member, receivedAtMs } = context;
  const { resource, amount = 1, receivers } = COSTS[message.type];
  if (!isChange(member, message)) return;
  if (resource) throwIfLimited(connection.budget.take(resource, receivedAtMs, amount));
  if (receivers === 'nobody') return;
  const count = receivers === 'one' ? 1 : Math.max(0, connectedMembers(room).length - 1);
  chargeFanOut(connection, (bytes + OVERHEAD_BYTES) * count, receivedAtMs);
  if (receivers === 'one' && 'toUserId' in message.payload) {
    chargeRelay(context, message.payload.toUserId, bytes + OVERHEAD_BYTES);
  }
}

/** Draws so many bytes that others, or the joiner itself, are told because of a frame. */
export function chargeFanOut(connection: ClientConnection, bytes: number, nowMs: number): void {
  throwIfLimited(connection.budget.take('fanOut', nowMs, bytes) || connection.account.take('fanOut', bytes));
}

/** A slow link must bear what comes from one member (LIM-12). */
function chargeRelay(
  { deps, connection, room, receivedAtMs }: MessageContext,
  toUserId: string,
  bytes: number,
): void {
  const receiver = room.members.get(toUserId);
  if (!receiver) return;
  receiver.relayBuckets ??= new WeakMap();
  const bucket =
    receiver.relayBuckets.get(connection) ?? new TokenBucket(relayRate(deps.limits), receivedAtMs);
  receiver.relayBuckets.set(connection, bucket);
  throwIfLimited(bucket.take(receivedAtMs, bytes));
}

/** What says the same again is told to nobody, or only later, so it costs nothing. */
function isChange({ media, announcedMedia, report }: Member, message: ClientMessage): boolean {
  if (message.type === 'member/state') return isNewReport(report, message.payload);
  if (message.type !== 'rtc/media' || !announcedMedia) return true;
  const { inCall, microphone, camera } = message.payload;
  return inCall !== media.inCall || (inCall && (microphone !== media.microphone || camera !== media.camera));
}

export function throwIfLimited(waitMs: number): void {
  if (waitMs === 0) return;
  throw new ProtocolError('bad_request', 'too much at once; wait a moment', { retryAfterMs: waitMs });
}
