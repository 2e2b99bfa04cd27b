import { expect, it } from 'vitest';
import { quietWhileSilent } from '../../src/rtc/quiet-voice.ts';

const described = (...lines: string[]) => ['v=0', ...lines, 'a=sendrecv', ''].join('\r\n');

it('asks for silence to cost next to nothing, of Opus alone and once', () => {
  const chromium = [
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:63 red/48000/2',
  ];
  const sdp = described(...chromium, 'a=fmtp:63 111/111', 'a=fmtp:11 x=1');
  const quiet = quietWhileSilent(sdp);
  expect(quiet).toBe(sdp.replace('useinbandfec=1', 'useinbandfec=1;usedtx=1'));
  expect(quietWhileSilent(quiet)).toBe(quiet);
});

it.each(['a=rtpmap:109 OPUS/48000/2', 'a=rtpmap:0 PCMU/8000'])(
  'lets be what says nothing of it: %s',
  (line) => {
    expect(quietWhileSilent(described(line))).toBe(described(line));
  },
);

it('walks no text once for each of a thousand names of Opus', () => {
  const named = Array.from(
    { length: 1000 },
    (_, at) => `a=rtpmap:${at} opus/48000/2\r\na=fmtp:${at} x=1\r\n`,
  );
  expect(quietWhileSilent(named.join('')).split('usedtx=1')).toHaveLength(9);
});
