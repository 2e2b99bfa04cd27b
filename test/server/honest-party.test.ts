import { describe, expect, it } from 'vitest';
import { ALL_CAPS, ROOM, virtualHub, type FakeClient } from './support.ts';

const MEMBERS = 50;
const IN_CALL = 8;
/** Of one network card with IPv4 and IPv6, by two transports, host, reflexive and relayed. */
const CANDIDATES = 20;
/** An offer of Chromium with camera and microphone is about 6 kB, one with all codecs of a busy machine four times that. */
const OFFER = { type: 'offer', sdp: 'a=rtpmap:96 VP8/90000\r\n'.repeat(400) };
const CANDIDATE = { candidate: `candidate:1 1 udp 2122260223 192.0.2.1 ${'x'.repeat(150)}`, sdpMid: '0' };
const ON = { roomId: ROOM, inCall: true, microphone: true, camera: true };
/** All of them behind one router, the strictest that an address can be judged. */
const ADDRESS = '192.0.2.1';

const nameOf = (at: number) => `member-${String(at).padStart(2, '0')}`;

function party() {
  const hub = virtualHub();
  const refused: unknown[] = [];
  const join = () =>
    Array.from({ length: MEMBERS }, (_, at) =>
      hub.client(nameOf(at), { caps: ALL_CAPS, resumeToken: `a-token-of-${nameOf(at)}` }, ADDRESS),
    );
  /** What everybody was told to send later, or was closed for. */
  const look = (members: readonly FakeClient[]) => {
    for (const one of members) {
      refused.push(...one.take().filter(({ type }) => type === 'error'));
      if (one.closed) refused.push(one.closed);
    }
  };
  return { ...hub, join, look, refused };
}

function meet(newcomer: FakeClient, others: readonly string[]) {
  newcomer.tell('rtc/media', ON);
  newcomer.tell('rtc/get_ice', { roomId: ROOM });
  for (const toUserId of others) {
    newcomer.tell('webrtc/offer', { roomId: ROOM, toUserId, sdp: OFFER });
    for (let i = 0; i < CANDIDATES; i += 1) {
      newcomer.tell('webrtc/ice', { roomId: ROOM, toUserId, candidate: CANDIDATE });
    }
  }
}

function answer(one: FakeClient, toUserId: string) {
  one.tell('webrtc/answer', { roomId: ROOM, toUserId, sdp: OFFER });
  for (let i = 0; i < CANDIDATES; i += 1) {
    one.tell('webrtc/ice', { roomId: ROOM, toUserId, candidate: CANDIDATE });
  }
}

describe('an honest party of fifty meets no limit', () => {
  it('[LIM-1] [LIM-9] [LIM-11] [LIM-12] with an evening of acts, chat, and a call of eight', () => {
    const { time, join, look, refused } = party();
    const members = join();
    const [host] = members;
    look(members);
    for (let second = 0; second < 120; second += 1) {
      const caller = second < IN_CALL * 3 && second % 3 === 0 ? second / 3 : null;
      const newcomer = caller === null ? undefined : members[caller];
      if (newcomer && caller !== null) {
        meet(
          newcomer,
          Array.from({ length: caller }, (_, at) => nameOf(at)),
        );
        for (let at = 0; at < caller; at += 1) {
          const other = members[at];
          if (other) answer(other, nameOf(caller));
        }
      }
      // Somebody drags about in the film, three places a second, and everybody's player follows.
      if (second % 20 < 4) {
        for (let i = 0; i < 3; i += 1) {
          const state = { playing: true, positionSec: second * 3 + i, hostTsMs: time.nowMs, rate: 1 };
          host?.tell('watch/playback_state', { roomId: ROOM, state, act: 'seek' });
        }
        for (const one of members) one.tell('member/state', { roomId: ROOM, state: 'seeking' });
        for (const one of members) one.tell('member/state', { roomId: ROOM, state: 'ready' });
      }
      for (let at = 0; at < 5; at += 1) {
        const one = members[(second * 5 + at) % MEMBERS];
        one?.tell('chat/typing', { roomId: ROOM, typing: true });
        one?.tell('chat/send', { roomId: ROOM, text: 'did you see that? '.repeat(at + 1) });
        one?.tell('chat/react', { roomId: ROOM, emoji: '😂' });
      }
      for (const one of members) one.tell('clock/ping', { id: second, t1Ms: 0 });
      time.pass(1000);
      look(members);
    }
    expect(refused).toEqual([]);
  });

  it('[LIM-9] [LIM-10] [LIM-13] when all of them come back at once, again and again', () => {
    const { time, hub, join, look, refused } = party();
    const line = 'a long line of an evening with friends. '.repeat(20);
    const first = join();
    for (let i = 0; i < 100; i += 1) {
      first[i % MEMBERS]?.tell('chat/send', { roomId: ROOM, text: line });
      time.pass(500);
    }
    for (let times = 0; times < 3; times += 1) {
      look(first);
      const again = join();
      look(again);
      time.pass(5000);
    }
    expect(hub.stats().members).toBe(MEMBERS);
    expect(refused.filter((one) => !JSON.stringify(one).includes('another connection'))).toEqual([]);
  });
});
