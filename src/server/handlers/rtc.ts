import { LIMITS, type ClientPayload } from '../../protocol/index.ts';
import { iceServersFor } from '../ice.ts';
import { Refusal } from '../refusal.ts';
import { tell, tellOne } from '../rooms/telling.ts';
import type { Call } from './call.ts';

/** What a member has on in the room's call. */
export function setMedia(call: Call, payload: ClientPayload<'rtc/media'>): void {
  refuseWithoutFaces(call);
  const { room, member } = call;
  const { inCall, microphone, camera } = payload;
  if (inCall && !member.media.inCall) refuseNinth(call);
  member.media = { inCall, microphone: inCall && microphone, camera: inCall && camera };
  const { userId } = member.peer;
  tell(room, {
    cap: 'faces',
    capped: () => ({ type: 'rtc/media', payload: { roomId: room.id, userId, ...member.media } }),
    except: member,
  });
}

/** Tells who asks the servers that its peer connections need. */
export function getIce(call: Call): void {
  refuseWithoutFaces(call);
  const { context, room, member } = call;
  const told = iceServersFor(context.ice, context.nowMs(), context.randomId);
  tellOne(member, { type: 'rtc/ice_servers', payload: { roomId: room.id, ...told } });
}

function refuseNinth({ room }: Call): void {
  const inCall = [...room.members.values()].filter(({ media }) => media.inCall).length;
  if (inCall >= LIMITS.callMembers) throw new Refusal('bad_request', `the call is full (${inCall} people)`);
}

function refuseWithoutFaces({ member }: Call): void {
  if (!member.caps.has('faces'))
    throw new Refusal('unauthorized', 'announce cap faces to take part in calls');
}
