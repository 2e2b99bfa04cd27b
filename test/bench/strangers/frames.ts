import { CAPS } from '../../../src/protocol/index.ts';
import { clientFrame, OPCODE, textFrame } from '../../fuzz/frames.ts';
import { nested } from '../../fuzz/nested.ts';
import { WIDE_SHAPES } from '../../protocol/wide-frames.ts';

/* What strangers send, made before it is sent: to make it must not cost what the server is to be left. */

const caps = CAPS.filter((cap) => cap !== 'hold');
const shape = (name: string) => WIDE_SHAPES.find((each) => each.name === name)?.make ?? (() => '{}');

export function message(type: string, payload: Record<string, unknown>): Buffer {
  return textFrame(JSON.stringify({ v: 1, type, payload }));
}

/** `json` stands where any JSON may. */
function withJson(type: string, fields: string, name: string, json: string): Buffer {
  return textFrame(`{"v":1,"type":"${type}","payload":{${fields},"${name}":${json}}}`);
}

export const join = (roomId: string, userId: string, extra: Record<string, unknown> = {}) =>
  message('room/join', { roomId, client: { userId, displayName: userId }, caps, ...extra });

export const leave = (roomId: string) => message('room/leave', { roomId });

const OFFER = '"roomId":"nowhere","toUserId":"nobody"';
const OFFER_BYTES = 46_000;
const DEEP = { levels: 4000, times: 5 };
export const wideOffer = withJson(
  'webrtc/offer',
  OFFER,
  'sdp',
  shape('thousands of short keys')(OFFER_BYTES),
);
export const deepContent = withJson(
  'watch/set_content',
  '"roomId":"nowhere","contentId":"film"',
  'meta',
  nested(DEEP.levels, '[', DEEP.times),
);
export const nestedOffer = withJson(
  'webrtc/offer',
  OFFER,
  'sdp',
  `{"a":${shape('as deep as may be, side by side')(OFFER_BYTES)}}`,
);

/** As JSON each is six characters, where a server lets them pass. */
export const worstLine = (roomId: string) => message('chat/send', { roomId, text: '\u0001'.repeat(2000) });
export const longLine = (roomId: string) => message('chat/send', { roomId, text: 'x'.repeat(2000) });

export const largeContent = (roomId: string, turn: number) =>
  message('watch/set_content', {
    roomId,
    contentId: `${turn % 2}`.padEnd(4000, 'c'),
    meta: { title: 'm'.repeat(8000) },
  });

export const offer = (roomId: string, toUserId: string, chars: number) =>
  message('webrtc/offer', { roomId, toUserId, sdp: { type: 'offer', sdp: 'v'.repeat(chars) } });

export const media = (roomId: string, turn: number) =>
  message('rtc/media', { roomId, inCall: true, microphone: turn % 2 === 0, camera: turn % 3 === 0 });

/** The first fragment of a message, or so many more of one byte each. */
export const fragmentBegin = clientFrame(Buffer.from('{'), OPCODE.text, false);
export const fragmentsMore = (count: number) =>
  Buffer.concat(
    Array.from({ length: count }, () => clientFrame(Buffer.from(' '), OPCODE.continuation, false)),
  );
