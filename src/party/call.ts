import { OUT_OF_CALL, type Media, type ServerMessage, type ServerPayload } from '../protocol/index.ts';
import type { CallNews } from './call-news.ts';
import type { Member } from './session.ts';
import type { Turn } from './turn.ts';

/** How long the place in the call is kept for a page that reloads, or goes to the next film. */
const PAGE_GRACE_MS = 15_000;

/** This person has something else on. */
export function mediaSet(turn: Turn, media: Media): void {
  // Out of the party there is nobody to be seen by: a page that has not heard of that is told again.
  if (turn.session.phase === 'stopped') return endCall(turn);
  turn.update({ media });
  if (!media.inCall) turn.update({ relays: [], peers: turn.session.peers.map(withoutAnswer) });
  tellMedia(turn);
}

/** This person is out of the party, and therefore out of its call: nobody is filmed for nobody. */
export function endCall(turn: Turn): void {
  turn.update({ media: OUT_OF_CALL, relays: [], peers: turn.session.peers.map(withoutAnswer) });
  for (const name of ['call_page', 'relay', 'tell_media', 'get_ice'] as const) turn.timer(name, null);
  turn.do({ type: 'call', news: { type: 'ended' } });
}

/** The person's answer to a member that wants to join the call and tells nothing of calls: good for this call, while it is there. */
export function answered(turn: Turn, userId: string, letIn: boolean): void {
  const merge = (peer: Member) => (peer.userId === userId ? { ...peer, letIn } : peer);
  if (turn.session.media.inCall) turn.update({ peers: turn.session.peers.map(merge) });
}

const withoutAnswer = (peer: Member): Member => ({ ...peer, letIn: undefined });

/** Also after each join: what a member has on ends with its place in the room (RTC-3). */
export function tellMedia(turn: Turn): void {
  const { phase, serverCaps, roomId, media, mediaTold } = turn.session;
  if (phase !== 'online' || !serverCaps.includes('faces') || (!mediaTold && !media.inCall)) return;
  turn.update({ mediaTold: true });
  turn.request('rtc/media', { roomId, ...media }, { kind: 'media' });
}

/** Too fast, or the call is full (RTC-7). */
export function mediaRefused(turn: Turn, retryAfterMs: number | undefined): void {
  if (retryAfterMs === undefined) turn.update({ media: OUT_OF_CALL });
  else turn.timer('tell_media', retryAfterMs);
}

/** The page that holds the call came, or went; one that does not come back has left the call. */
export function callPage(turn: Turn, here: boolean): void {
  // Its connections are gone with it, and what they had to say.
  if (!here) turn.update({ relays: [] });
  turn.timer('call_page', here || !turn.session.media.inCall ? null : PAGE_GRACE_MS);
}

export function relayCame(turn: Turn, message: Extract<ServerMessage, { type: `webrtc/${string}` }>): void {
  const { fromUserId } = message.payload;
  const news: CallNews =
    message.type === 'webrtc/ice'
      ? { type: 'relay', fromUserId, kind: 'ice', data: message.payload.candidate }
      : {
          type: 'relay',
          fromUserId,
          kind: message.type === 'webrtc/offer' ? 'offer' : 'answer',
          data: message.payload.sdp,
        };
  turn.do({ type: 'call', news });
}

/** The servers that peer connections need; one that knows no calls has none. */
export function iceWanted(turn: Turn): void {
  const { phase, serverCaps, roomId } = turn.session;
  if (phase !== 'online') return;
  if (serverCaps.includes('faces')) turn.request('rtc/get_ice', { roomId }, { kind: 'ice_servers' });
  else turn.do({ type: 'call', news: { type: 'ice_servers', iceServers: [] } });
}

/** Asked too often: those that are known go on being used, and the next are asked for when they may be. */
export function iceRefused(turn: Turn, retryAfterMs: number | undefined): void {
  if (retryAfterMs !== undefined) turn.timer('get_ice', retryAfterMs);
}

export function iceTold(turn: Turn, told: ServerPayload<'rtc/ice_servers'>): void {
  const { iceServers, expiresInMs } = told;
  turn.do({
    type: 'call',
    news: { type: 'ice_servers', iceServers, ...(expiresInMs !== undefined && { expiresInMs }) },
  });
}

export function peerMedia(turn: Turn, { userId, ...told }: ServerPayload<'rtc/media'>): void {
  const { inCall, microphone, camera } = told;
  const media = { inCall, microphone, camera };
  const merge = (peer: Member) => (peer.userId === userId ? { ...peer, media } : peer);
  turn.update({ peers: turn.session.peers.map(merge) });
}
