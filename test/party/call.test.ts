import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession, type SessionEvent } from '../../src/party/index.ts';
import { CLOSE } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM, settle } from './support.ts';

const ON = { inCall: true, microphone: true, camera: false };
const OFF = { inCall: false, microphone: false, camera: false };
const bob = { userId: 'bob', displayName: 'Bob' };
const calls = (driver: Driver, media = ON) => driver.on({ type: 'media', media });

describe('a person in the call', () => {
  it('[RTC-2] tells what is on, and tells the end', () => {
    const driver = calls(online());
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...ON });
    calls(driver, OFF);
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...OFF });
  });

  it('[RTC-7] is not in it when the server says that it is full', () => {
    const driver = calls(online());
    const { requestId } = driver.sentOne('rtc/media');
    driver.told('error', { requestId, code: 'bad_request', message: 'the call is full (8 people)' });
    expect(driver.session.call.media).toEqual(OFF);
  });

  it('[ERR-5] tells it again when the server has had enough of it for now', () => {
    const driver = calls(online());
    const { requestId } = driver.sentOne('rtc/media');
    driver.told('error', { requestId, code: 'bad_request', message: 'too fast', retryAfterMs: 300 });
    expect(driver.session.call.media).toEqual(ON);
    expect(driver.timers.get('send_media')).toBe(300);
    driver.on({ type: 'timer', name: 'send_media' });
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...ON });
  });

  it('[RTC-3] tells it again after coming back, also that it ended meanwhile', () => {
    const driver = calls(online()).on({ type: 'closed', code: 1006 });
    calls(driver, OFF);
    driver.sent();
    driver.on({ type: 'timer', name: 'retry' });
    driver.told('server/hello', { v: 1, nowMs: 5_000_000, caps: ['faces'] });
    const { requestId } = driver.sentOne('room/join');
    driver.told('room/joined', joinedPayload).ack(requestId);
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...OFF });
  });

  it('is still in it when the background was stopped and woke', () => {
    const driver = calls(online());
    const saved = saveSession(driver.session, driver.nowMs, 1e12);
    const woken = new Driver(restoreSession(saved, 0, 1e12)).on({ type: 'begin' });
    expect(woken.session.call.media).toEqual(ON);
    expect(
      settle(woken)
        .sent()
        .map(({ type }) => type),
    ).toContain('rtc/media');
  });

  it('who was never in it says nothing of it', () => {
    const driver = new Driver().on({ type: 'begin' });
    expect(settle(driver).types()).not.toContain('rtc/media');
  });

  it('leaves it when its page has gone and no other came', () => {
    const driver = calls(online()).on({ type: 'call_page', here: false });
    driver.sent();
    expect(driver.timers.get('call_page')).toBe(15_000);
    driver.on({ type: 'call_page', here: true });
    expect(driver.timers.has('call_page')).toBe(false);
    driver.on({ type: 'call_page', here: false }).on({ type: 'timer', name: 'call_page' });
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...OFF });
  });
});

describe('a person out of the party is out of its call', () => {
  const refused = (driver: Driver, reason?: 'key' | 'locked') => {
    driver.on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });
    driver.told('server/hello', { v: 1, nowMs: 5_000_000, caps: ['faces'] });
    const { requestId } = driver.sentOne('room/join');
    const code = reason ? 'unauthorized' : 'bad_request';
    return driver.told('error', { requestId, code, message: 'no', ...(reason && { reason }) });
  };
  /** Each of ENDS, and what else ends a part in a room. */
  const ENDINGS: Record<string, (driver: Driver) => Driver> = {
    removed: (driver) => driver.told('room/removed', { roomId: ROOM, byUserId: 'bob' }),
    key_refused: (driver) => refused(driver, 'key'),
    room_locked: (driver) => refused(driver, 'locked'),
    replaced_elsewhere: (driver) => driver.on({ type: 'closed', code: CLOSE.replaced }),
    left: (driver) => driver.on({ type: 'leave' }),
    room_refused: (driver) => refused(driver).on({ type: 'closed', code: 1006 }),
  };

  it.each(Object.keys(ENDINGS))('%s: nothing is on any more, and the page with the call is told', (name) => {
    const driver = ENDINGS[name]?.(calls(online()));
    expect(driver?.session.call.media).toEqual(OFF);
    expect(driver?.timers.has('call_page')).toBe(false);
    expect(driver?.news()).toContainEqual({ type: 'ended' });
  });

  it.each(['removed', 'key_refused', 'room_locked', 'replaced_elsewhere'])(
    '%s: a page that has not heard of it cannot take the call up again',
    (name) => {
      const driver = ENDINGS[name]?.(calls(online()));
      driver?.did();
      expect(calls(driver ?? online()).session.call.media).toEqual(OFF);
      expect(driver?.news()).toEqual([{ type: 'ended' }]);
    },
  );

  it('also in a party that an older version has ended, and left the call of on', () => {
    const driver = calls(online()).told('room/removed', { roomId: ROOM, byUserId: 'bob' });
    const saved = saveSession(driver.session, driver.nowMs, 1e12);
    const inCall = savedSession.parse({ ...saved, call: { media: ON, mediaSent: true } });
    expect(restoreSession(inCall, 0, 1e12).call.media).toEqual(OFF);
  });

  it('and can come into the call again once it is in the party again', () => {
    const driver = calls(online()).on({ type: 'closed', code: CLOSE.replaced }).on({ type: 'reconnect_now' });
    driver.did();
    expect(calls(settle(driver)).session.call.media).toEqual(ON);
  });
});

describe('a member that tells nothing of calls', () => {
  const vera = { userId: 'vera', displayName: 'Vera' };
  const answers = (driver: Driver, letIn: boolean) => driver.on({ type: 'let_in', userId: 'vera', letIn });
  const answerOf = (driver: Driver) =>
    driver.session.room.peers.find(({ userId }) => userId === 'vera')?.letIn;
  const asked = () => calls(online({ ...joinedPayload, peers: [vera] }));

  it('[RTC-9] is let in, or not, for as long as it is there and this person in the call', () => {
    expect(answerOf(answers(asked(), true))).toBe(true);
    expect(answerOf(answers(asked(), false))).toBe(false);
    expect(answerOf(calls(answers(asked(), true), OFF))).toBeUndefined();
    const left = answers(asked(), true).told('room/peer_left', { roomId: ROOM, userId: 'vera' });
    left.told('room/peer_joined', { roomId: ROOM, peer: vera });
    expect(answerOf(left)).toBeUndefined();
  });

  it('stays let in when the background was stopped and woke, and when the network was gone for a moment', () => {
    const driver = answers(asked(), true);
    const saved = JSON.stringify(saveSession(driver.session, driver.nowMs, 1e12));
    const woken = new Driver(restoreSession(savedSession.parse(JSON.parse(saved)), 0, 1e12));
    expect(answerOf(woken)).toBe(true);
    settle(woken.on({ type: 'begin' }), { ...joinedPayload, peers: [vera] });
    expect(answerOf(woken)).toBe(true);
  });

  it('is nobody’s answer out of the call', () => {
    expect(answerOf(answers(online({ ...joinedPayload, peers: [vera] }), true))).toBeUndefined();
  });
});

describe('the others', () => {
  const joined = { ...joinedPayload, peers: [{ ...bob, media: OFF }] };

  it('[RTC-2] [RTC-3] have on what they told', () => {
    const driver = online(joined);
    expect(driver.session.room.peers[0]?.media).toEqual(OFF);
    driver.told('rtc/media', { roomId: ROOM, userId: 'bob', ...ON });
    expect(driver.session.room.peers[0]?.media).toEqual(ON);
    driver.told('room/peer_joined', { roomId: ROOM, peer: { ...bob, displayName: 'Bobby' } });
    expect(driver.session.room.peers[0]?.media).toEqual(ON);
    driver.told('room/peer_left', { roomId: ROOM, userId: 'bob' });
    driver.told('room/peer_joined', { roomId: ROOM, peer: bob });
    expect(driver.session.room.peers[0]?.media).toBeUndefined();
  });

  it.each(['offer', 'answer', 'ice'] as const)('[RTC-1] %s goes out and comes in untouched', (kind) => {
    const driver = online(joined);
    const data = { type: kind, anything: [1, null] };
    driver.on({ type: 'relay', toUserId: 'bob', relayed: { kind, data } });
    const field = kind === 'ice' ? 'candidate' : 'sdp';
    expect(driver.sentOne(`webrtc/${kind}`).payload).toEqual({
      roomId: ROOM,
      toUserId: 'bob',
      [field]: data,
    });
    const heard = { roomId: ROOM, fromUserId: 'bob', [field]: data };
    driver.on({ type: 'message', message: { type: `webrtc/${kind}`, payload: heard } as never });
    expect(driver.news()).toEqual([{ type: 'relay', fromUserId: 'bob', kind, data }]);
  });
});

describe('a word to a peer that the server refuses for now', () => {
  const bob = (kind: 'offer' | 'answer' | 'ice', data: string): SessionEvent => ({
    type: 'relay',
    toUserId: 'bob',
    relayed: { kind, data },
  });
  /** What went out since the last look: to whom, what, and under which id. */
  const sent = (driver: Driver) =>
    driver.sent().flatMap(({ type, requestId = '', payload }) => {
      if (!('toUserId' in payload)) return [];
      const data = 'sdp' in payload ? payload.sdp : 'candidate' in payload ? payload.candidate : '';
      return [{ type, requestId, word: `${payload.toUserId} ${JSON.stringify(data).slice(1, -1)}` }];
    });
  const words = (driver: Driver) => sent(driver).map(({ word }) => word);
  const refuse = (driver: Driver, requestId: string, retryAfterMs?: number) =>
    driver.told('error', {
      requestId,
      code: 'bad_request',
      message: 'too fast',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  const again = (driver: Driver) => driver.on({ type: 'timer', name: 'relay' });
  const inCall = () => {
    const driver = calls(online());
    driver.did();
    return driver;
  };

  it('[ERR-5] [RTC-11] is said again after the time it told, with the candidates that came to nothing without it', () => {
    const driver = inCall().on(bob('offer', 'one')).on(bob('ice', 'a'));
    const [offer, a] = sent(driver);
    driver.ack(a?.requestId ?? '');
    refuse(driver, offer?.requestId ?? '', 700);
    expect(driver.timers.get('relay')).toBe(700);
    // What comes meanwhile waits behind it; what is for somebody else does not.
    driver.on(bob('ice', 'b')).on({ type: 'relay', toUserId: 'cyd', relayed: { kind: 'offer', data: 'x' } });
    expect(words(driver)).toEqual(['cyd x']);
    expect(words(again(driver))).toEqual(['bob one', 'bob a', 'bob b']);
  });

  it('[RTC-11] is refused again, and said again, until it is through; then it is forgotten', () => {
    const driver = inCall().on(bob('answer', 'one'));
    for (let round = 0; round < 3; round += 1) {
      const [only] = sent(driver);
      expect(only?.word).toBe('bob one');
      refuse(driver, only?.requestId ?? '', 100);
      again(driver);
    }
    const [last] = sent(driver);
    driver.ack(last?.requestId ?? '');
    expect(driver.session.call.relays).toEqual([]);
    expect(words(again(driver))).toEqual([]);
  });

  it('[RTC-11] is not said again once another description has taken its place', () => {
    const driver = inCall().on(bob('offer', 'one')).on(bob('ice', 'a'));
    const [one] = sent(driver);
    refuse(driver, one?.requestId ?? '', 500);
    driver.on(bob('offer', 'two'));
    expect(words(driver)).toEqual(['bob two']);
    // Nor when the server says so only afterwards.
    refuse(driver, one?.requestId ?? '', 500);
    expect(words(again(driver))).toEqual([]);
  });

  it('[RTC-11] a candidate alone is said again as well, and those after it in their order', () => {
    const driver = inCall().on(bob('offer', 'one')).on(bob('ice', 'a'));
    const [one, a] = sent(driver);
    driver.ack(one?.requestId ?? '');
    refuse(driver, a?.requestId ?? '', 200);
    driver.on(bob('ice', 'b'));
    expect(words(driver)).toEqual([]);
    expect(words(again(driver))).toEqual(['bob a', 'bob b']);
  });

  it('is not said again when the server will never pass it, when the connection is lost, the call left or its page gone', () => {
    const lost = [
      (driver: Driver, id: string) => refuse(driver, id),
      (driver: Driver, id: string) => refuse(driver, id, 100).on({ type: 'closed', code: 1006 }),
      (driver: Driver, id: string) => calls(refuse(driver, id, 100), OFF),
      (driver: Driver, id: string) => refuse(driver, id, 100).on({ type: 'call_page', here: false }),
    ];
    for (const lose of lost) {
      const driver = inCall().on(bob('offer', 'one'));
      lose(driver, sent(driver)[0]?.requestId ?? '');
      driver.did();
      expect(driver.session.call.relays).toEqual([]);
      expect(words(again(driver))).toEqual([]);
    }
  });

  it('[RTC-9] and nothing is said before the room has been told anew who is in the call', () => {
    const driver = inCall().on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });
    driver.told('server/hello', { v: 1, nowMs: 5_000_000, caps: ['faces'] });
    const { requestId } = driver.sentOne('room/join');
    driver.told('room/joined', joinedPayload).on(bob('offer', 'early'));
    expect(words(driver)).toEqual([]);
    driver.ack(requestId).on(bob('offer', 'now'));
    expect(driver.types()).toEqual(['rtc/media', 'webrtc/offer']);
  });

  it('is no endless list for a server that answers nothing', () => {
    const driver = inCall().on(bob('offer', 'one'));
    for (let at = 0; at < 500; at += 1) driver.on(bob('ice', `${at}`));
    expect(words(driver)).toHaveLength(501);
    expect(driver.session.call.relays.length).toBeLessThanOrEqual(64);
  });
});

describe('ICE servers', () => {
  it('[ERR-5] are asked for again when the server has had enough of it for now', () => {
    const driver = calls(online()).on({ type: 'get_ice' });
    const { requestId } = driver.sentOne('rtc/get_ice');
    driver.told('error', { requestId, code: 'bad_request', message: 'too often', retryAfterMs: 40_000 });
    expect(driver.timers.get('get_ice')).toBe(40_000);
    expect(driver.on({ type: 'timer', name: 'get_ice' }).types()).toEqual(['rtc/get_ice']);
    calls(driver, OFF).did();
    expect(driver.on({ type: 'timer', name: 'get_ice' }).types()).toEqual([]);
  });

  it('[RTC-4] are asked of a server that knows calls, and handed on', () => {
    const driver = online().on({ type: 'get_ice' });
    expect(driver.types()).toEqual(['rtc/get_ice']);
    const iceServers = [{ urls: ['stun:turn.example'] }];
    driver.told('rtc/ice_servers', { roomId: ROOM, iceServers, expiresInMs: 5 });
    expect(driver.news()).toEqual([{ type: 'ice_servers', iceServers, expiresInMs: 5 }]);
  });

  it('[CAP-1] are none where the server knows only v1', () => {
    const driver = online(joinedPayload, []).on({ type: 'get_ice' });
    expect(driver.news()).toEqual([{ type: 'ice_servers', iceServers: [] }]);
    expect(calls(driver).types()).toEqual([]);
  });
});
