import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession } from '../../src/party/index.ts';
import { Driver, joinedPayload, online, ROOM, settle } from './support.ts';

const ON = { inCall: true, microphone: true, camera: false };
const OFF = { inCall: false, microphone: false, camera: false };
const bob = { userId: 'bob', displayName: 'Bob' };
const calls = (driver: Driver, media = ON) => driver.on({ on: 'media', media });

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
    expect(driver.session.media).toEqual(OFF);
  });

  it('[RTC-3] tells it again after coming back, also that it ended meanwhile', () => {
    const driver = calls(online()).on({ on: 'closed', code: 1006 });
    calls(driver, OFF);
    driver.sent();
    driver.on({ on: 'timer', name: 'retry' });
    driver.told('server/hello', { v: 1, nowMs: 5_000_000, caps: ['faces'] });
    const { requestId } = driver.sentOne('room/join');
    driver.told('room/joined', joinedPayload).ack(requestId);
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...OFF });
  });

  it('is still in it when the background was stopped and woke', () => {
    const driver = calls(online());
    const saved = saveSession(driver.session, driver.nowMs, 1e12);
    const woken = new Driver(restoreSession(saved, 0, 1e12)).on({ on: 'begin' });
    expect(woken.session.media).toEqual(ON);
    expect(
      settle(woken)
        .sent()
        .map(({ type }) => type),
    ).toContain('rtc/media');
  });

  it('who was never in it says nothing of it', () => {
    const driver = new Driver().on({ on: 'begin' });
    expect(settle(driver).types()).not.toContain('rtc/media');
  });

  it('leaves it when its page has gone and no other came', () => {
    const driver = calls(online()).on({ on: 'call_page', here: false });
    driver.sent();
    expect(driver.timers.get('call_page')).toBe(15_000);
    driver.on({ on: 'call_page', here: true });
    expect(driver.timers.has('call_page')).toBe(false);
    driver.on({ on: 'call_page', here: false }).on({ on: 'timer', name: 'call_page' });
    expect(driver.sentOne('rtc/media').payload).toEqual({ roomId: ROOM, ...OFF });
  });
});

describe('the others', () => {
  const joined = { ...joinedPayload, peers: [{ ...bob, media: OFF }] };

  it('[RTC-2] [RTC-3] have on what they told', () => {
    const driver = online(joined);
    expect(driver.session.peers[0]?.media).toEqual(OFF);
    driver.told('rtc/media', { roomId: ROOM, userId: 'bob', ...ON });
    expect(driver.session.peers[0]?.media).toEqual(ON);
    driver.told('room/peer_joined', { roomId: ROOM, peer: { ...bob, displayName: 'Bobby' } });
    expect(driver.session.peers[0]?.media).toEqual(ON);
    driver.told('room/peer_left', { roomId: ROOM, userId: 'bob' });
    driver.told('room/peer_joined', { roomId: ROOM, peer: bob });
    expect(driver.session.peers[0]?.media).toBeUndefined();
  });

  it.each(['offer', 'answer', 'ice'] as const)('[RTC-1] %s goes out and comes in untouched', (kind) => {
    const driver = online(joined);
    const data = { type: kind, anything: [1, null] };
    driver.on({ on: 'relay', toUserId: 'bob', relayed: { kind, data } });
    const field = kind === 'ice' ? 'candidate' : 'sdp';
    expect(driver.sentOne(`webrtc/${kind}`).payload).toEqual({
      roomId: ROOM,
      toUserId: 'bob',
      [field]: data,
    });
    const heard = { roomId: ROOM, fromUserId: 'bob', [field]: data };
    driver.on({ on: 'message', message: { type: `webrtc/${kind}`, payload: heard } as never });
    expect(driver.news()).toEqual([{ type: 'relay', fromUserId: 'bob', kind, data }]);
  });
});

describe('ICE servers', () => {
  it('[RTC-4] are asked of a server that knows calls, and handed on', () => {
    const driver = online().on({ on: 'get_ice' });
    expect(driver.types()).toEqual(['rtc/get_ice']);
    const iceServers = [{ urls: ['stun:turn.example'] }];
    driver.told('rtc/ice_servers', { roomId: ROOM, iceServers, expiresInMs: 5 });
    expect(driver.news()).toEqual([{ type: 'ice_servers', iceServers, expiresInMs: 5 }]);
  });

  it('[CAP-1] are none where the server knows only v1', () => {
    const driver = online(joinedPayload, []).on({ on: 'get_ice' });
    expect(driver.news()).toEqual([{ type: 'ice_servers', iceServers: [] }]);
    expect(calls(driver).types()).toEqual([]);
  });
});
