import { nested } from '../fuzz/nested.ts';

/** What costs more to read than its 64 KiB let one think: many small values, or many levels. */
export interface WideShape {
  name: string;
  /** JSON text of at most `bytes`. */
  make: (bytes: number) => string;
}

const KEYS = 6000;
/** Levels that a frame may have, less those of its envelope and its payload. */
const LEVELS = 60;

const listOf = (item: string, bytes: number) =>
  `[${Array.from({ length: Math.floor((bytes - 2) / (item.length + 1)) }, () => item).join(',')}]`;
const stringOf = (unit: string, bytes: number) => `"${unit.repeat(Math.floor((bytes - 2) / unit.length))}"`;

export const WIDE_SHAPES: readonly WideShape[] = [
  {
    name: 'thousands of short keys',
    make: (bytes) => {
      const keys = Array.from(
        { length: Math.min(KEYS, Math.floor(bytes / 8)) },
        (_, at) => `"${at.toString(36)}":0`,
      );
      return `{${keys.join(',')}}`;
    },
  },
  { name: 'arrays of nothing', make: (bytes) => listOf('[]', bytes) },
  { name: 'objects of nothing', make: (bytes) => listOf('{}', bytes) },
  { name: 'numbers', make: (bytes) => listOf('0', bytes) },
  { name: 'long numbers', make: (bytes) => listOf('1.2345678901234567e-300', bytes) },
  { name: 'as deep as may be, side by side', make: (bytes) => listOf(nested(LEVELS, '['), bytes) },
  { name: 'as deep as may be, by objects', make: (bytes) => listOf(nested(LEVELS, '{"a":'), bytes) },
  { name: 'one long string', make: (bytes) => stringOf('x', bytes) },
  { name: 'escapes', make: (bytes) => stringOf('\\u0001', bytes) },
  { name: 'spaces', make: (bytes) => stringOf(' ', bytes) },
];

/** The fields that may hold any JSON, or a list, with the frame around them. */
export const WIDE_PLACES: Record<string, (text: string) => string> = {
  sdp: (text) => frame('webrtc/offer', `{"roomId":"r","toUserId":"u","sdp":${text}}`),
  'sdp inside': (text) => frame('webrtc/offer', `{"roomId":"r","toUserId":"u","sdp":{"a":${text}}}`),
  candidate: (text) => frame('webrtc/ice', `{"roomId":"r","toUserId":"u","candidate":${text}}`),
  meta: (text) => frame('watch/set_content', `{"roomId":"r","contentId":"film","meta":${text}}`),
  snapshot: (text) => join(`"snapshot":{"epoch":"e","seq":1,"content":{"contentId":"film","meta":${text}}}`),
  caps: (text) => join(`"caps":${text}`),
  barred: (text) => join(`"access":{"hostSecret":"aaaaaaaaaaaaaaaaaaaa","barred":${text}}`),
  guards: (text) => join(`"access":{"hostSecret":"aaaaaaaaaaaaaaaaaaaa","guards":${text}}`),
  messages: (text) => frame('chat/restore', `{"roomId":"r","messages":${text}}`),
  text: (text) => frame('chat/send', `{"roomId":"r","text":${text}}`),
  'no known field': (text) => frame('room/leave', `{"roomId":"r","other":${text}}`),
  payload: (text) => frame('room/leave', text),
};

function frame(type: string, payload: string): string {
  return `{"v":1,"type":"${type}","requestId":"r","payload":${payload}}`;
}

function join(field: string): string {
  return frame('room/join', `{"roomId":"r","client":{"userId":"u","displayName":"U"},${field}}`);
}
