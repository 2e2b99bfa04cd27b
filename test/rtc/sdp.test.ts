import { expect, it } from 'vitest';
import { enableOpusDtx, preferOffererAsDtlsClient } from '../../src/rtc/sdp.ts';

const described = (...lines: string[]) => ['v=0', ...lines, 'a=sendrecv', ''].join('\r\n');

it('leaves the handshake to who offers, in every part of the offer', () => {
  const offer = described('m=audio 9 x', 'a=setup:actpass', 'm=video 9 x', 'a=setup:actpass');
  const told = described('m=audio 9 x', 'a=setup:active', 'm=video 9 x', 'a=setup:active');
  expect(preferOffererAsDtlsClient(offer)).toBe(told);
});

it.each(['a=setup:active', 'a=setup:passive'])('lets be what was chosen: %s', (line) => {
  expect(preferOffererAsDtlsClient(described(line))).toBe(described(line));
});

it('asks for silence to cost next to nothing, of Opus alone and once', () => {
  const chromium = [
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:63 red/48000/2',
  ];
  const sdp = described(...chromium, 'a=fmtp:63 111/111', 'a=fmtp:11 x=1');
  const quiet = enableOpusDtx(sdp);
  expect(quiet).toBe(sdp.replace('useinbandfec=1', 'useinbandfec=1;usedtx=1'));
  expect(enableOpusDtx(quiet)).toBe(quiet);
});

it.each(['a=rtpmap:109 OPUS/48000/2', 'a=rtpmap:0 PCMU/8000'])(
  'lets be what says nothing of it: %s',
  (line) => {
    expect(enableOpusDtx(described(line))).toBe(described(line));
  },
);

it('walks no text once for each of a thousand names of Opus', () => {
  const named = Array.from(
    { length: 1000 },
    (_, at) => `a=rtpmap:${at} opus/48000/2\r\na=fmtp:${at} x=1\r\n`,
  );
  expect(enableOpusDtx(named.join('')).split('usedtx=1')).toHaveLength(9);
});
