import { LIMITS, type ClientPayload, type Media } from '../../protocol/index.ts';
import { iceServersFor } from '../ice.ts';
import { networkOf } from '../limits/address-key.ts';
import { Refusal } from '../refusal.ts';
import { tell, tellOne } from '../rooms/telling.ts';
import type { Call } from './call.ts';

/** What a member has on in the room's call. */
export function setMedia(call: Call, payload: ClientPayload<'rtc/media'>): void {
  refuseWithoutFaces(call);
  const { room, member } = call;
  const { inCall, microphone, camera } = payload;
  if (inCall && !member.media.inCall) refuseNinth(call);
  const { media: before, saidMedia } = member;
  member.media = { inCall, microphone: inCall && microphone, camera: inCall && camera };
  member.saidMedia = true;
  if (saidMedia && isSameMedia(before, member.media)) return;
  const { userId } = member.peer;
  tell(room, {
    cap: 'faces',
    capped: () => ({ type: 'rtc/media', payload: { roomId: room.id, userId, ...member.media } }),
    except: member,
    replaces: `media ${room.id} ${userId}`,
  });
}

const isSameMedia = (a: Media, b: Media) =>
  a.inCall === b.inCall && a.microphone === b.microphone && a.camera === b.camera;

/** Tells who asks the servers that its peer connections need; a connection is told the same until half their time is over. */
export function getIce(call: Call): void {
  refuseWithoutFaces(call);
  const { context, session, room, member, receivedAtMs } = call;
  if (!session.turn || session.turn.freshUntilMs <= receivedAtMs) {
    const waitMs = context.ice.turnUrls.length > 0 ? session.account.take('turn') : 0;
    if (waitMs > 0)
      throw new Refusal('bad_request', 'too many asked; wait a moment', { retryAfterMs: waitMs });
    const told = iceServersFor(context.ice, receivedAtMs, networkOf(session.address) ?? context.randomId());
    const { expiresInMs = 0 } = told;
    const times = { freshUntilMs: receivedAtMs + expiresInMs / 2, endsAtMs: receivedAtMs + expiresInMs };
    session.turn = { told, ...times };
  }
  const { told, endsAtMs } = session.turn;
  const left = told.expiresInMs !== undefined && { expiresInMs: Math.round(endsAtMs - receivedAtMs) };
  tellOne(member, { type: 'rtc/ice_servers', payload: { roomId: room.id, ...told, ...left } });
}

function refuseNinth({ room }: Call): void {
  const inCall = [...room.members.values()].filter(({ media }) => media.inCall).length;
  if (inCall >= LIMITS.callMembers) throw new Refusal('bad_request', `the call is full (${inCall} people)`);
}

function refuseWithoutFaces({ member }: Call): void {
  if (!member.caps.has('faces'))
    throw new Refusal('unauthorized', 'announce cap faces to take part in calls');
}
