import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPolite, resolveSignal, type NegotiationState } from '../../src/rtc/negotiation.ts';
import type { Signal } from '../../src/rtc/signal.ts';

const standing = (extra: Partial<NegotiationState> = {}): NegotiationState => ({
  id: 'mine',
  remoteId: 'theirs',
  offering: false,
  asked: false,
  closedIds: new Set(['former']),
  ...extra,
});
const offer = (from: string, to?: string, asked?: true): Signal => ({
  kind: 'offer',
  sdp: 'v=0',
  from,
  to,
  asked,
});
const answer = (from: string, to?: string): Signal => ({ kind: 'answer', sdp: 'v=0', from, to });
const ice = (from?: string, to?: string): Signal => ({ kind: 'ice', candidate: null, from, to });

describe('the negotiation of two peers', () => {
  it('Exactly one of two peers is polite.', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => a === b || isPolite(a, b) !== isPolite(b, a)));
  });

  it('[RTC-5] Of two simultaneous first offers the polite side gives way.', () => {
    const begun = standing({ remoteId: null, offering: true });
    expect(resolveSignal(begun, true, offer('theirs'))).toBe('reset');
    expect(resolveSignal(begun, false, offer('theirs'))).toBe('drop');
  });

  it('[RTC-8] A requested offer stands, and is sent again to a requester that offers all the same.', () => {
    const asked = standing({ remoteId: null, offering: true, asked: true });
    const begun = standing({ remoteId: null, offering: true });
    for (const polite of [true, false]) {
      expect(resolveSignal(asked, polite, offer('reborn'))).toBe('resend_offer');
      expect(resolveSignal(begun, polite, offer('theirs', undefined, true))).toBe('reset');
    }
  });

  it('[RTC-5] Of two simultaneous ICE restarts the polite side gives way.', () => {
    const mending = standing({ offering: true });
    expect(resolveSignal(mending, true, offer('theirs', 'mine'))).toBe('apply');
    expect(resolveSignal(mending, false, offer('theirs', 'mine'))).toBe('drop');
  });

  it('[RTC-6] A reloaded peer gets a new connection.', () => {
    expect(resolveSignal(standing(), false, offer('reborn'))).toBe('reset');
    expect(resolveSignal(null, false, offer('reborn'))).toBe('reset');
  });

  it.each([
    ['an offer of a former connection', standing(), offer('former')],
    ['an offer to a former connection of ours', standing(), offer('theirs', 'gone')],
    ['an offer to one of ours, when there is none', null, offer('theirs', 'gone')],
    ['an answer nobody waits for', standing(), answer('theirs', 'mine')],
    ['an answer to a former offer', standing({ offering: true, remoteId: null }), answer('theirs', 'gone')],
    ['an answer of another connection', standing({ offering: true }), answer('other', 'mine')],
    ['a candidate of a former connection', standing(), ice('former')],
    ['a candidate before any description', standing({ remoteId: null }), ice('theirs')],
    ['a candidate when there is no connection', null, ice('theirs')],
  ])('[RTC-6] The connection ignores %s.', (_, given, signal) => {
    expect(resolveSignal(given, true, signal)).toBe('drop');
    expect(resolveSignal(given, false, signal)).toBe('drop');
  });

  it('Signals for this connection are applied.', () => {
    expect(resolveSignal(standing({ offering: true, remoteId: null }), false, answer('theirs', 'mine'))).toBe(
      'apply',
    );
    expect(resolveSignal(standing(), false, offer('theirs', 'mine'))).toBe('apply');
    expect(resolveSignal(standing(), false, ice('theirs', 'mine'))).toBe('apply');
    expect(resolveSignal(standing(), false, ice())).toBe('apply');
  });
});
