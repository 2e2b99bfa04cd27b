import type { ClientPayload, Media, ServerMessage, ServerPayload } from '../protocol/index.ts';
import type { CallNews, Relayed } from './call-news.ts';
import { OUT_OF_CALL, type Session } from './session.ts';
import type { Turn } from './turn.ts';

/** How long the place in the call is kept for a page that reloads, or goes to the next film. */
const PAGE_GRACE_MS = 15_000;

/** This person has something else on. */
export function mediaSet(turn: Turn, media: Media): void {
  turn.update({ media });
  tellMedia(turn);
}

/** Also after each join: what a member has on ends with its place in the room (RTC-3). */
export function tellMedia(turn: Turn): void {
  const { phase, serverCaps, roomId, media, mediaTold } = turn.session;
  if (phase !== 'online' || !serverCaps.includes('faces') || (!mediaTold && !media.inCall)) return;
  turn.update({ mediaTold: true });
  turn.request('rtc/media', { roomId, ...media }, { kind: 'media' });
}

/** The call is full (RTC-7). */
export function mediaRefused(turn: Turn): void {
  turn.update({ media: OUT_OF_CALL });
}

/** The page that holds the call came, or went; one that does not come back has left the call. */
export function callPage(turn: Turn, here: boolean): void {
  turn.timer('call_page', here || !turn.session.media.inCall ? null : PAGE_GRACE_MS);
}

export function relaySent(turn: Turn, toUserId: string, { kind, data }: Relayed): void {
  const { phase, roomId } = turn.session;
  if (phase !== 'online') return;
  const to = { roomId, toUserId };
  // The schema of each says what it may be; the server is the one to refuse the rest.
  if (kind === 'ice') turn.send('webrtc/ice', { ...to, candidate: data } as ClientPayload<'webrtc/ice'>);
  else turn.send(`webrtc/${kind}`, { ...to, sdp: data } as ClientPayload<'webrtc/offer'>);
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
  turn.do({ do: 'call', news });
}

/** The servers that peer connections need; one that knows no calls has none. */
export function iceWanted(turn: Turn): void {
  const { phase, serverCaps, roomId } = turn.session;
  if (phase !== 'online') return;
  if (serverCaps.includes('faces')) turn.send('rtc/get_ice', { roomId });
  else turn.do({ do: 'call', news: { type: 'ice_servers', iceServers: [] } });
}

export function iceTold(turn: Turn, told: ServerPayload<'rtc/ice_servers'>): void {
  const { iceServers, expiresInMs } = told;
  turn.do({
    do: 'call',
    news: { type: 'ice_servers', iceServers, ...(expiresInMs !== undefined && { expiresInMs }) },
  });
}

export function peerMedia(turn: Turn, { userId, ...told }: ServerPayload<'rtc/media'>): void {
  const { inCall, microphone, camera } = told;
  const media = { inCall, microphone, camera };
  const merge = (peer: Session['peers'][number]) => (peer.userId === userId ? { ...peer, media } : peer);
  turn.update({ peers: turn.session.peers.map(merge) });
}
