import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession, type SessionEvent } from '../../src/party/index.ts';
import { CLOSE } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM, completeJoin } from './support.ts';

const ON = { inCall: true, microphone: true, camera: false };
const OFF = { inCall: false, microphone: false, camera: false };
const bob = { userId: 'bob', displayName: 'Bob' };
const calls = (driver: Driver, media = ON) => driver.on({ type: 'media', media });

describe('the call of this user', () => {
  it('[RTC-2] The session sends what is on, and sends the end.', () => {
    const driver = calls(online());
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...ON });
    calls(driver, OFF);
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...OFF });
  });

  it('[RTC-7] A full call leaves this user out.', () => {
    const driver = calls(online());
    const { requestId } = driver.sentOne('rtc/media');
    driver.receive('error', { requestId, code: 'bad_request', message: 'the call is full (8 people)' });
    expect(driver.session.call.media).toEqual(OFF);
  });

  it('[ERR-5] Media that the server takes only later are sent again.', () => {
    const driver = calls(online());
    const { requestId } = driver.sentOne('rtc/media');
    driver.receive('error', { requestId, code: 'bad_request', message: 'too fast', retryAfterMs: 300 });
    expect(driver.session.call.media).toEqual(ON);
    expect(driver.timers.get('send_media')).toBe(300);
    driver.on({ type: 'timer', name: 'send_media' });
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...ON });
  });

  it('[RTC-3] Media are sent again after a rejoin, also if the call ended meanwhile.', () => {
    const driver = calls(online()).on({ type: 'closed', code: 1006 });
    calls(driver, OFF);
    driver.sent();
    driver.on({ type: 'timer', name: 'retry' });
    driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: ['faces'] });
    const { requestId } = driver.sentOne('room/join');
    driver.receive('room/joined', joinedPayload).ack(requestId);
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...OFF });
  });

  it('The call survives a restart of the background.', () => {
    const driver = calls(online());
    const saved = saveSession(driver.session, driver.nowMs, 1e12);
    const woken = new Driver(restoreSession(saved, 0, 1e12)).on({ type: 'begin' });
    expect(woken.session.call.media).toEqual(ON);
    expect(
      completeJoin(woken)
        .sent()
        .map(({ type }) => type),
    ).toContain('rtc/media');
  });

  it('A user that was never in the call sends nothing of it.', () => {
    const driver = new Driver().on({ type: 'begin' });
    expect(completeJoin(driver).types()).not.toContain('rtc/media');
  });

  it('A user leaves the call when its page is gone and no other comes.', () => {
    const driver = calls(online()).on({ type: 'call_page', here: false });
    driver.sent();
    expect(driver.timers.get('call_page')).toBe(15_000);
    driver.on({ type: 'call_page', here: true });
    expect(driver.timers.has('call_page')).toBe(false);
    driver.on({ type: 'call_page', here: false }).on({ type: 'timer', name: 'call_page' });
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...OFF });
  });
});

describe('the end of the party ends the call', () => {
  const refused = (driver: Driver, reason?: 'key' | 'locked') => {
    driver.on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });
    driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: ['faces'] });
    const { requestId } = driver.sentOne('room/join');
    const code = reason ? 'unauthorized' : 'bad_request';
    return driver.receive('error', { requestId, code, message: 'no', ...(reason && { reason }) });
  };
  /** Each of FINAL_PROBLEMS, and the other ends of a session. */
  const ENDINGS: Record<string, (driver: Driver) => Driver> = {
    removed: (driver) => driver.receive('room/removed', { roomId: ROOM, byUserId: 'bob' }),
    key_refused: (driver) => refused(driver, 'key'),
    room_locked: (driver) => refused(driver, 'locked'),
    replaced_elsewhere: (driver) => driver.on({ type: 'closed', code: CLOSE.replaced }),
    left: (driver) => driver.on({ type: 'leave' }),
    room_refused: (driver) => refused(driver).on({ type: 'closed', code: 1006 }),
  };

  it.each(Object.keys(ENDINGS))(
    'After %s nothing is on any more, and the page with the call is told.',
    (name) => {
      const driver = ENDINGS[name]?.(calls(online()));
      expect(driver?.session.call.media).toEqual(OFF);
      expect(driver?.timers.has('call_page')).toBe(false);
      expect(driver?.callEvents()).toContainEqual({ type: 'ended' });
    },
  );

  it.each(['removed', 'key_refused', 'room_locked', 'replaced_elsewhere'])(
    'After %s a page that has not received the end cannot resume the call.',
    (name) => {
      const driver = ENDINGS[name]?.(calls(online()));
      driver?.effectTypes();
      expect(calls(driver ?? online()).session.call.media).toEqual(OFF);
      expect(driver?.callEvents()).toEqual([{ type: 'ended' }]);
    },
  );

  it('A saved session that has ended is restored without its call.', () => {
    const driver = calls(online()).receive('room/removed', { roomId: ROOM, byUserId: 'bob' });
    const saved = saveSession(driver.session, driver.nowMs, 1e12);
    const inCall = savedSession.parse({ ...saved, call: { media: ON, mediaSent: true } });
    expect(restoreSession(inCall, 0, 1e12).call.media).toEqual(OFF);
  });

  it('Back in the party, the user can join the call again.', () => {
    const driver = calls(online()).on({ type: 'closed', code: CLOSE.replaced }).on({ type: 'reconnect_now' });
    driver.effectTypes();
    expect(calls(completeJoin(driver)).session.call.media).toEqual(ON);
  });
});

describe('a member without cap faces', () => {
  const vera = { userId: 'vera', displayName: 'Vera' };
  const answers = (driver: Driver, letIn: boolean) => driver.on({ type: 'let_in', userId: 'vera', letIn });
  const answerOf = (driver: Driver) =>
    driver.session.room.peers.find(({ userId }) => userId === 'vera')?.letIn;
  const asked = () => calls(online({ ...joinedPayload, peers: [vera] }));

  it('[RTC-9] The user’s answer holds while the member is there and the user is in the call.', () => {
    expect(answerOf(answers(asked(), true))).toBe(true);
    expect(answerOf(answers(asked(), false))).toBe(false);
    expect(answerOf(calls(answers(asked(), true), OFF))).toBeUndefined();
    const left = answers(asked(), true).receive('room/peer_left', { roomId: ROOM, userId: 'vera' });
    left.receive('room/peer_joined', { roomId: ROOM, peer: vera });
    expect(answerOf(left)).toBeUndefined();
  });

  it('The answer survives a restart of the background and a short loss of the network.', () => {
    const driver = answers(asked(), true);
    const saved = JSON.stringify(saveSession(driver.session, driver.nowMs, 1e12));
    const woken = new Driver(restoreSession(savedSession.parse(JSON.parse(saved)), 0, 1e12));
    expect(answerOf(woken)).toBe(true);
    completeJoin(woken.on({ type: 'begin' }), { ...joinedPayload, peers: [vera] });
    expect(answerOf(woken)).toBe(true);
  });

  it('Outside the call the user cannot answer.', () => {
    expect(answerOf(answers(online({ ...joinedPayload, peers: [vera] }), true))).toBeUndefined();
  });
});

describe('the other members’ calls', () => {
  const joined = { ...joinedPayload, peers: [{ ...bob, media: OFF }] };

  it('[RTC-2] [RTC-3] Each member has on what it sent.', () => {
    const driver = online(joined);
    expect(driver.session.room.peers[0]?.media).toEqual(OFF);
    driver.receive('rtc/media', { roomId: ROOM, userId: 'bob', ...ON });
    expect(driver.session.room.peers[0]?.media).toEqual(ON);
    driver.receive('room/peer_joined', { roomId: ROOM, peer: { ...bob, displayName: 'Bobby' } });
    expect(driver.session.room.peers[0]?.media).toEqual(ON);
    driver.receive('room/peer_left', { roomId: ROOM, userId: 'bob' });
    driver.receive('room/peer_joined', { roomId: ROOM, peer: bob });
    expect(driver.session.room.peers[0]?.media).toBeUndefined();
  });

  it.each(['offer', 'answer', 'ice'] as const)(
    '[RTC-1] A signal of kind %s goes out and comes in untouched.',
    (kind) => {
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
      expect(driver.callEvents()).toEqual([{ type: 'relay', fromUserId: 'bob', kind, data }]);
    },
  );
});

describe('a signal that the server refuses for now', () => {
  const bob = (kind: 'offer' | 'answer' | 'ice', data: string): SessionEvent => ({
    type: 'relay',
    toUserId: 'bob',
    relayed: { kind, data },
  });
  /** The signals since the last call: peer, data and request id. */
  const sent = (driver: Driver) =>
    driver.sent().flatMap(({ type, requestId = '', payload }) => {
      if (!('toUserId' in payload)) return [];
      const data = 'sdp' in payload ? payload.sdp : 'candidate' in payload ? payload.candidate : '';
      return [{ type, requestId, word: `${payload.toUserId} ${JSON.stringify(data).slice(1, -1)}` }];
    });
  const words = (driver: Driver) => sent(driver).map(({ word }) => word);
  const refuse = (driver: Driver, requestId: string, retryAfterMs?: number) =>
    driver.receive('error', {
      requestId,
      code: 'bad_request',
      message: 'too fast',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  const again = (driver: Driver) => driver.on({ type: 'timer', name: 'relay' });
  const inCall = () => {
    const driver = calls(online());
    driver.effectTypes();
    return driver;
  };

  it('[ERR-5] [RTC-11] The signal is sent again in time, with the candidates that meant nothing without it.', () => {
    const driver = inCall().on(bob('offer', 'one')).on(bob('ice', 'a'));
    const [offer, a] = sent(driver);
    driver.ack(a?.requestId ?? '');
    refuse(driver, offer?.requestId ?? '', 700);
    expect(driver.timers.get('relay')).toBe(700);
    // Later signals to that peer wait behind it; signals to others do not.
    driver.on(bob('ice', 'b')).on({ type: 'relay', toUserId: 'cyd', relayed: { kind: 'offer', data: 'x' } });
    expect(words(driver)).toEqual(['cyd x']);
    expect(words(again(driver))).toEqual(['bob one', 'bob a', 'bob b']);
  });

  it('[RTC-11] A signal is sent again until it passes, and is then forgotten.', () => {
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

  it('[RTC-11] A signal is not sent again once another description has replaced it.', () => {
    const driver = inCall().on(bob('offer', 'one')).on(bob('ice', 'a'));
    const [one] = sent(driver);
    refuse(driver, one?.requestId ?? '', 500);
    driver.on(bob('offer', 'two'));
    expect(words(driver)).toEqual(['bob two']);
    // Nor if the server refuses it only afterwards.
    refuse(driver, one?.requestId ?? '', 500);
    expect(words(again(driver))).toEqual([]);
  });

  it('[RTC-11] A candidate alone is sent again, and those after it in their order.', () => {
    const driver = inCall().on(bob('offer', 'one')).on(bob('ice', 'a'));
    const [one, a] = sent(driver);
    driver.ack(one?.requestId ?? '');
    refuse(driver, a?.requestId ?? '', 200);
    driver.on(bob('ice', 'b'));
    expect(words(driver)).toEqual([]);
    expect(words(again(driver))).toEqual(['bob a', 'bob b']);
  });

  it('A signal is dropped when it can never pass, the connection is lost, the call is left or its page is gone.', () => {
    const lost = [
      (driver: Driver, id: string) => refuse(driver, id),
      (driver: Driver, id: string) => refuse(driver, id, 100).on({ type: 'closed', code: 1006 }),
      (driver: Driver, id: string) => calls(refuse(driver, id, 100), OFF),
      (driver: Driver, id: string) => refuse(driver, id, 100).on({ type: 'call_page', here: false }),
    ];
    for (const lose of lost) {
      const driver = inCall().on(bob('offer', 'one'));
      lose(driver, sent(driver)[0]?.requestId ?? '');
      driver.effectTypes();
      expect(driver.session.call.relays).toEqual([]);
      expect(words(again(driver))).toEqual([]);
    }
  });

  it('[RTC-9] No signal is sent before the room has been told who is in the call.', () => {
    const driver = inCall().on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });
    driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: ['faces'] });
    const { requestId } = driver.sentOne('room/join');
    driver.receive('room/joined', joinedPayload).on(bob('offer', 'early'));
    expect(words(driver)).toEqual([]);
    driver.ack(requestId).on(bob('offer', 'now'));
    expect(driver.types()).toEqual(['rtc/media', 'webrtc/offer']);
  });

  it('The list of kept signals is bounded when the server replies to none.', () => {
    const driver = inCall().on(bob('offer', 'one'));
    for (let at = 0; at < 500; at += 1) driver.on(bob('ice', `${at}`));
    expect(words(driver)).toHaveLength(501);
    expect(driver.session.call.relays.length).toBeLessThanOrEqual(64);
  });
});

describe('ICE servers', () => {
  it('[ERR-5] A request that the server takes only later is sent again.', () => {
    const driver = calls(online()).on({ type: 'get_ice' });
    const { requestId } = driver.sentOne('rtc/get_ice');
    driver.receive('error', { requestId, code: 'bad_request', message: 'too often', retryAfterMs: 40_000 });
    expect(driver.timers.get('get_ice')).toBe(40_000);
    expect(driver.on({ type: 'timer', name: 'get_ice' }).types()).toEqual(['rtc/get_ice']);
    calls(driver, OFF).effectTypes();
    expect(driver.on({ type: 'timer', name: 'get_ice' }).types()).toEqual([]);
  });

  it('[RTC-4] A server that knows calls is asked, and its reply is passed on.', () => {
    const driver = online().on({ type: 'get_ice' });
    expect(driver.types()).toEqual(['rtc/get_ice']);
    const iceServers = [{ urls: ['stun:turn.example'] }];
    driver.receive('rtc/ice_servers', { roomId: ROOM, iceServers, expiresInMs: 5 });
    expect(driver.callEvents()).toEqual([{ type: 'ice_servers', iceServers, expiresInMs: 5 }]);
  });

  it('[CAP-1] A plain v1 server gives no ICE servers.', () => {
    const driver = online(joinedPayload, []).on({ type: 'get_ice' });
    expect(driver.callEvents()).toEqual([{ type: 'ice_servers', iceServers: [] }]);
    expect(calls(driver).types()).toEqual([]);
  });
});
