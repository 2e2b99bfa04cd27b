import { LIMITS, type ClientPayload, type Media } from '../../protocol/index.ts';
import { iceServersFor } from '../ice.ts';
import { networkOf } from '../limits/address-key.ts';
import { ProtocolError } from '../protocol-error.ts';
import { broadcast, sendTo } from '../rooms/broadcast.ts';
import type { MessageContext } from './message-context.ts';

/** Stores and broadcasts a member's microphone and camera in the call. */
export function setMedia(context: MessageContext, payload: ClientPayload<'rtc/media'>): void {
  requireFacesCap(context);
  const { room, member } = context;
  const { inCall, microphone, camera } = payload;
  if (inCall && !member.media.inCall) requireCallSpace(context);
  const { media: before, announcedMedia } = member;
  member.media = { inCall, microphone: inCall && microphone, camera: inCall && camera };
  member.announcedMedia = true;
  if (announcedMedia && isSameMedia(before, member.media)) return;
  const { userId } = member.peer;
  broadcast(room, {
    cap: 'faces',
    capped: () => ({ type: 'rtc/media', payload: { roomId: room.id, userId, ...member.media } }),
    except: member,
    replaces: `media ${room.id} ${userId}`,
  });
}

const isSameMedia = (a: Media, b: Media) =>
  a.inCall === b.inCall && a.microphone === b.microphone && a.camera === b.camera;

/** Sends the STUN and TURN servers; a connection gets the same credentials until half their lifetime is over. */
export function getIce(context: MessageContext): void {
  requireFacesCap(context);
  const { deps, connection, room, member, receivedAtMs } = context;
  if (!connection.turnCredentials || connection.turnCredentials.freshUntilMs <= receivedAtMs) {
    const waitMs = deps.ice.turnUrls.length > 0 ? connection.account.take('turn') : 0;
    if (waitMs > 0)
      throw new ProtocolError('bad_request', 'too many asked; wait a moment', { retryAfterMs: waitMs });
    const answer = iceServersFor(deps.ice, receivedAtMs, networkOf(connection.address) ?? deps.randomId());
    const { expiresInMs = 0 } = answer;
    const times = { freshUntilMs: receivedAtMs + expiresInMs / 2, endsAtMs: receivedAtMs + expiresInMs };
    connection.turnCredentials = { answer, ...times };
  }
  const { answer, endsAtMs } = connection.turnCredentials;
  const left = answer.expiresInMs !== undefined && { expiresInMs: Math.round(endsAtMs - receivedAtMs) };
  sendTo(member, { type: 'rtc/ice_servers', payload: { roomId: room.id, ...answer, ...left } });
}

function requireCallSpace({ room }: MessageContext): void {
  const inCall = [...room.members.values()].filter(({ media }) => media.inCall).length;
  if (inCall >= LIMITS.callMembers)
    throw new ProtocolError('bad_request', `the call is full (${inCall} people)`);
}

function requireFacesCap({ member }: MessageContext): void {
  if (!member.caps.has('faces'))
    throw new ProtocolError('unauthorized', 'announce cap faces to take part in calls');
}
