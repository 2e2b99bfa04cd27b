import type { ClientMessage } from '../../protocol/index.ts';
import { relayRate, type ConnectionResource } from '../limits/rates.ts';
import { TokenBucket } from '../limits/token-bucket.ts';
import { ProtocolError } from '../protocol-error.ts';
import { isNewReport } from '../rooms/reports.ts';
import { connectedMembers, type ClientConnection, type Member } from '../rooms/room.ts';
import type { MessageContext, RoomMessage } from './message-context.ts';

/** The cost of a message beside its own frame. */
interface Cost {
  resource?: ConnectionResource;
  amount?: number;
  /** Its receivers: all other members, the addressed one, or nobody. */
  receivers: 'room' | 'one' | 'nobody';
}

const ACT: Cost = { resource: 'acts', receivers: 'room' };
const STATE: Cost = { resource: 'states', receivers: 'room' };
const SIGNAL: Cost = { resource: 'signals', receivers: 'one' };
const FREE: Cost = { receivers: 'nobody' };

const COSTS: Readonly<Record<RoomMessage['type'], Cost>> = {
  'room/leave': FREE,
  'chat/send': { resource: 'chat', receivers: 'room' },
  /** It broadcasts up to a hundred messages at once. */
  'chat/restore': { resource: 'chat', amount: 10, receivers: 'room' },
  /** It is sent while its user types, and must not use up their chat messages. */
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

/** The overhead of sending a frame, in bytes. */
const OVERHEAD_BYTES = 64;

/**
 * Charges a message to its connection and address; throws an error with the time to wait (LIM-9 to LIM-12). `bytes`:
 * size of its frame, about the size of each receiver's.
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

/** Charges the bytes that others, or the joiner, receive because of a frame. */
export function chargeFanOut(connection: ClientConnection, bytes: number, nowMs: number): void {
  throwIfLimited(connection.budget.take('fanOut', nowMs, bytes) || connection.account.take('fanOut', bytes));
}

/** A receiver's slow link must bear the relays of one member (LIM-12). */
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

/** A repeated report is sent to nobody, or only later, so it costs nothing. */
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
