import { expect, it } from 'vitest';
import { enableOpusDtx, preferOffererAsDtlsClient } from '../../src/rtc/sdp.ts';

const described = (...lines: string[]) => ['v=0', ...lines, 'a=sendrecv', ''].join('\r\n');

it('The offerer becomes the DTLS client in every part of the offer.', () => {
  const offer = described('m=audio 9 x', 'a=setup:actpass', 'm=video 9 x', 'a=setup:actpass');
  const told = described('m=audio 9 x', 'a=setup:active', 'm=video 9 x', 'a=setup:active');
  expect(preferOffererAsDtlsClient(offer)).toBe(told);
});

it.each(['a=setup:active', 'a=setup:passive'])('A role that was chosen stays: %s.', (line) => {
  expect(preferOffererAsDtlsClient(described(line))).toBe(described(line));
});

it('DTX is requested once, and of Opus alone.', () => {
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
  'SDP without an fmtp line for Opus stays unchanged: %s.',
  (line) => {
    expect(enableOpusDtx(described(line))).toBe(described(line));
  },
);

it('A thousand payload types of Opus cost no thousand passes over the text.', () => {
  const named = Array.from(
    { length: 1000 },
    (_, at) => `a=rtpmap:${at} opus/48000/2\r\na=fmtp:${at} x=1\r\n`,
  );
  expect(enableOpusDtx(named.join('')).split('usedtx=1')).toHaveLength(9);
});
