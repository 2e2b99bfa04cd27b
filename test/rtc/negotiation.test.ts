import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPolite, judge, type Standing } from '../../src/rtc/negotiation.ts';
import type { Signal } from '../../src/rtc/signal.ts';

const standing = (extra: Partial<Standing> = {}): Standing => ({
  id: 'mine',
  remoteId: 'theirs',
  offering: false,
  asked: false,
  retired: new Set(['former']),
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

describe('two that negotiate', () => {
  it('one of any two is polite', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => a === b || isPolite(a, b) !== isPolite(b, a)));
  });

  it('[RTC-5] when both begin at once, the polite one gives way and the other does not', () => {
    const begun = standing({ remoteId: null, offering: true });
    expect(judge(begun, true, offer('theirs'))).toBe('anew');
    expect(judge(begun, false, offer('theirs'))).toBe('drop');
  });

  it('[RTC-8] the offer that was asked for stands, and is said once more to who offers all the same', () => {
    const asked = standing({ remoteId: null, offering: true, asked: true });
    const begun = standing({ remoteId: null, offering: true });
    for (const polite of [true, false]) {
      expect(judge(asked, polite, offer('reborn'))).toBe('repeat');
      expect(judge(begun, polite, offer('theirs', undefined, true))).toBe('anew');
    }
  });

  it('[RTC-5] the same when both mend at once', () => {
    const mending = standing({ offering: true });
    expect(judge(mending, true, offer('theirs', 'mine'))).toBe('apply');
    expect(judge(mending, false, offer('theirs', 'mine'))).toBe('drop');
  });

  it('[RTC-6] a peer that was loaded anew gets a new connection', () => {
    expect(judge(standing(), false, offer('reborn'))).toBe('anew');
    expect(judge(null, false, offer('reborn'))).toBe('anew');
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
  ])('[RTC-6] %s touches nothing', (_, given, signal) => {
    expect(judge(given, true, signal)).toBe('drop');
    expect(judge(given, false, signal)).toBe('drop');
  });

  it('what belongs here is applied', () => {
    expect(judge(standing({ offering: true, remoteId: null }), false, answer('theirs', 'mine'))).toBe(
      'apply',
    );
    expect(judge(standing(), false, offer('theirs', 'mine'))).toBe('apply');
    expect(judge(standing(), false, ice('theirs', 'mine'))).toBe('apply');
    expect(judge(standing(), false, ice())).toBe('apply');
  });
});
