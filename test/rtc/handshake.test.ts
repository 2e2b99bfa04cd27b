import { expect, it } from 'vitest';
import { theyShakeHandsFirst } from '../../src/rtc/handshake.ts';

const described = (...lines: string[]) => ['v=0', ...lines, 'a=sendrecv', ''].join('\r\n');

it('leaves the handshake to who offers, in every part of the offer', () => {
  const offer = described('m=audio 9 x', 'a=setup:actpass', 'm=video 9 x', 'a=setup:actpass');
  const told = described('m=audio 9 x', 'a=setup:active', 'm=video 9 x', 'a=setup:active');
  expect(theyShakeHandsFirst(offer)).toBe(told);
});

it.each(['a=setup:active', 'a=setup:passive'])('lets be what was chosen: %s', (line) => {
  expect(theyShakeHandsFirst(described(line))).toBe(described(line));
});
