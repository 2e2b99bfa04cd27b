import { describe, expect, it } from 'vitest';
import { OFFER_REQUEST, readSignal, writeSignal, type Signal } from '../../src/rtc/signal.ts';

const SDP = 'v=0\r\no=- 46117317 2 IN IP4 127.0.0.1\r\ns=-\r\n';

describe('signals between peers', () => {
  it.each<Signal>([
    { kind: 'offer', sdp: SDP, from: 'a', to: undefined },
    { kind: 'offer', sdp: SDP, from: 'a', to: undefined, asked: true },
    { kind: 'answer', sdp: SDP, from: 'a', to: 'b' },
    {
      kind: 'ice',
      candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' },
      from: 'a',
      to: 'b',
    },
  ])('A signal survives the wire unchanged: %j.', (signal) => {
    const data: unknown = JSON.parse(JSON.stringify(writeSignal(signal)));
    expect(readSignal(signal.kind, data)).toEqual(signal);
  });

  it.each([[SDP], [{ type: 'offer', sdp: SDP }], [{ sdp: SDP, streamsync: { from: 7 } }]])(
    '[RTC-1] A v1 peer’s offer is identified by the session id of its SDP: %j.',
    (data) => {
      expect(readSignal('offer', data)).toEqual({ kind: 'offer', sdp: SDP, from: '46117317', to: undefined });
    },
  );

  it('[RTC-1] A v1 peer’s candidate may be text, an object or the end of candidates.', () => {
    expect(readSignal('ice', 'candidate:1')).toMatchObject({ candidate: { candidate: 'candidate:1' } });
    expect(readSignal('ice', { candidate: 'candidate:1', sdpMid: 'audio' })).toMatchObject({
      candidate: { candidate: 'candidate:1', sdpMid: 'audio' },
    });
    expect(readSignal('ice', null)).toMatchObject({ candidate: null });
  });

  it('[RTC-8] An offer request is read from its candidate.', () => {
    expect(readSignal('ice', JSON.parse(JSON.stringify(OFFER_REQUEST)))).toEqual({ kind: 'offer_request' });
  });

  it.each([[7], [{}], [{ sdp: 7 }], [null], [[]]])('Invalid data is no offer: %j.', (data) => {
    expect(readSignal('offer', data)).toBeNull();
  });
});
