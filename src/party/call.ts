import { OUT_OF_CALL, type Media, type ServerMessage, type ServerPayload } from '../protocol/index.ts';
import type { CallEvent } from './call-event.ts';
import type { Member } from './session.ts';
import type { StepContext } from './step-context.ts';

/** How long a member stays in the call while its page reloads, or goes to the next video. */
const PAGE_GRACE_MS = 15_000;

/** The user switched microphone, camera or the call. */
export function setMedia(step: StepContext, media: Media): void {
  // Nobody sees a user outside the party. A page that tries has missed the end, and gets it again.
  if (step.session.connection.phase === 'stopped') return endCall(step);
  step.update('call', { media });
  if (!media.inCall) {
    step.update('call', { relays: [] });
    updatePeers(step, withoutAnswer);
  }
  sendMedia(step);
}

/** This user has left the party, and so its call: nobody's camera stays on for nobody. */
export function endCall(step: StepContext): void {
  step.update('call', { media: OUT_OF_CALL, relays: [] });
  updatePeers(step, withoutAnswer);
  for (const name of ['call_page', 'relay', 'send_media', 'get_ice'] as const) step.timer(name, null);
  step.do({ type: 'call', event: { type: 'ended' } });
}

/** The user's answer to a member without cap `faces` that asked to join. It holds for this call, while the member is there. */
export function answerJoinRequest(step: StepContext, userId: string, letIn: boolean): void {
  if (!step.session.call.media.inCall) return;
  updatePeers(step, (peer) => (peer.userId === userId ? { ...peer, letIn } : peer));
}

const withoutAnswer = (peer: Member): Member => ({ ...peer, letIn: undefined });

function updatePeers(step: StepContext, change: (peer: Member) => Member): void {
  step.update('room', { peers: step.session.room.peers.map(change) });
}

/** Sends what this user has on; also after each join, since it ends with the member's place in the room (RTC-3). */
export function sendMedia(step: StepContext): void {
  const { media, mediaSent } = step.session.call;
  if (!step.isOnline || !step.serverHas('faces') || (!mediaSent && !media.inCall)) return;
  step.update('call', { mediaSent: true });
  step.request('rtc/media', { roomId: step.roomId, ...media }, { kind: 'media' });
}

/** The messages come too fast, or the call is full (RTC-7). */
export function onMediaRefused(step: StepContext, retryAfterMs: number | undefined): void {
  if (retryAfterMs === undefined) step.update('call', { media: OUT_OF_CALL });
  else step.timer('send_media', retryAfterMs);
}

/** The page that holds the call connected or went away. If it does not come back, the user has left the call. */
export function onCallPage(step: StepContext, here: boolean): void {
  // Its peer connections are gone with it, and so are their signals.
  if (!here) step.update('call', { relays: [] });
  step.timer('call_page', here || !step.session.call.media.inCall ? null : PAGE_GRACE_MS);
}

export function onRelay(
  step: StepContext,
  message: Extract<ServerMessage, { type: `webrtc/${string}` }>,
): void {
  const { fromUserId } = message.payload;
  const event: CallEvent =
    message.type === 'webrtc/ice'
      ? { type: 'relay', fromUserId, kind: 'ice', data: message.payload.candidate }
      : {
          type: 'relay',
          fromUserId,
          kind: message.type === 'webrtc/offer' ? 'offer' : 'answer',
          data: message.payload.sdp,
        };
  step.do({ type: 'call', event });
}

/** Asks for the servers that peer connections need. A server without cap `faces` has none. */
export function requestIceServers(step: StepContext): void {
  if (!step.isOnline) return;
  if (step.serverHas('faces')) step.request('rtc/get_ice', { roomId: step.roomId }, { kind: 'ice_servers' });
  else step.do({ type: 'call', event: { type: 'ice_servers', iceServers: [] } });
}

/** The session asked too often: the known servers stay in use, and the next are asked for when the server allows. */
export function onIceRefused(step: StepContext, retryAfterMs: number | undefined): void {
  if (retryAfterMs !== undefined) step.timer('get_ice', retryAfterMs);
}

export function onIceServers(
  step: StepContext,
  { iceServers, expiresInMs }: ServerPayload<'rtc/ice_servers'>,
): void {
  step.do({
    type: 'call',
    event: { type: 'ice_servers', iceServers, ...(expiresInMs !== undefined && { expiresInMs }) },
  });
}

export function onPeerMedia(step: StepContext, payload: ServerPayload<'rtc/media'>): void {
  const { userId, inCall, microphone, camera } = payload;
  const media = { inCall, microphone, camera };
  updatePeers(step, (peer) => (peer.userId === userId ? { ...peer, media } : peer));
}
