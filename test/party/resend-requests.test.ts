import { describe, expect, it } from 'vitest';
import { followedTimeline, startSession, type SessionEvent } from '../../src/party/index.ts';
import { CAPS, type ClientType } from '../../src/protocol/index.ts';
import {
  Driver,
  FILM,
  joinedPayload,
  online,
  pause,
  playback,
  ROOM,
  completeJoin,
  start,
  watching,
} from './support.ts';

/** The server refuses the one message of that type for now. */
function refuse(driver: Driver, type: ClientType, retryAfterMs: number): Driver {
  const { requestId } = driver.sentOne(type);
  return driver.receive('error', { requestId, code: 'bad_request', message: 'too fast', retryAfterMs });
}
const later = (driver: Driver, name: 'refused' | 'intent' | 'report' | 'rejoin') => {
  driver.nowMs += driver.timers.get(name) ?? NaN;
  return driver.on({ type: 'timer', name });
};
const lock = (locked: boolean): SessionEvent => ({ type: 'set_lock', locked });
const seekTo = (positionSec: number): SessionEvent => ({
  type: 'act',
  intent: { act: 'seek', playing: true, positionSec, rate: 1, atServerMs: 5_001_000 },
});
const remove = (userId: string): SessionEvent => ({ type: 'remove', userId });

describe('[ERR-5] a request that the server takes only later', () => {
  it('The request is sent again in time.', () => {
    const driver = refuse(online().on(lock(true)), 'room/set_lock', 700);
    expect(driver.timers.get('refused')).toBe(700);
    expect(driver.effectTypes()).toEqual([]);
    expect(later(driver, 'refused').sentOne('room/set_lock').payload.locked).toBe(true);
    expect(driver.session.connection.refused).toEqual([]);
  });

  it('[PROOF-4] The host’s request is no refusal: it is done once the time for a proof is over.', () => {
    const driver = online().on(lock(true));
    const { requestId } = driver.sentOne('room/set_lock');
    driver.receive('error', { requestId, code: 'unauthorized', message: 'prove it', retryAfterMs: 8000 });
    expect(driver.session.connection.problem).toBeNull();
    const again = later(driver, 'refused').sentOne('room/set_lock');
    driver.receive('error', { requestId: again.requestId, code: 'unauthorized', message: 'no' });
    expect(driver.session.connection.problem).toBe('not_allowed');
    expect(driver.timers.has('refused')).toBe(false);
  });

  it('The request is dropped if the user has changed their mind.', () => {
    const driver = refuse(online().on(lock(true)), 'room/set_lock', 700);
    const { requestId } = driver.on(lock(false)).sentOne('room/set_lock');
    expect(driver.session.connection.refused).toEqual([]);
    driver.ack(requestId);
    expect(later(driver, 'refused').types()).toEqual([]);
  });

  it('The request is dropped if the user had changed their mind before the reply.', () => {
    const driver = online().on(lock(true));
    const first = driver.sentOne('room/set_lock');
    driver.on(lock(false));
    driver.sent();
    driver.receive('error', {
      requestId: first.requestId,
      code: 'bad_request',
      message: 'x',
      retryAfterMs: 700,
    });
    expect(driver.session.connection.refused).toEqual([]);
  });

  it('Requests about different things are sent again each by itself.', () => {
    const driver = refuse(online().on(remove('eve')), 'room/remove', 700);
    driver.nowMs += 300;
    refuse(driver.on(remove('mal')), 'room/remove', 700);
    expect(driver.timers.get('refused')).toBe(400);
    expect(later(driver, 'refused').sentOne('room/remove').payload.userId).toBe('eve');
    expect(later(driver, 'refused').sentOne('room/remove').payload.userId).toBe('mal');
  });

  it('Each batch of restored messages is sent again.', () => {
    const driver = online();
    const text = 'x'.repeat(2000);
    for (let at = 0; at < 20; at++) {
      const line = { id: `m${at}`, from: start.me, text, tsMs: at };
      driver.receive('chat/message', { roomId: ROOM, ...line });
    }
    completeJoin(driver.on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' }));
    const batches = driver.sent().filter(({ type }) => type === 'chat/restore');
    expect(batches.length).toBeGreaterThan(2);
    for (const { requestId = '' } of batches) {
      driver.receive('error', { requestId, code: 'bad_request', message: 'too fast', retryAfterMs: 900 });
    }
    later(driver, 'refused');
    expect(driver.types()).toEqual(batches.map(() => 'chat/restore'));
  });

  it('A content is sent again only if the room has gone to no other meanwhile.', () => {
    const page = { content: { contentId: FILM }, hasVideo: true };
    const refused = () => refuse(online().on({ type: 'page', page }), 'watch/set_content', 700);
    expect(later(refused(), 'refused').types()).toEqual(['watch/set_content']);
    const moved = refused().receive('watch/content', { roomId: ROOM, contentId: 'other', fromUserId: 'bob' });
    expect(later(moved, 'refused').types()).toEqual([]);
  });

  it('The request is not sent again on another connection.', () => {
    const driver = refuse(online().on(lock(true)), 'room/set_lock', 700).on({ type: 'closed', code: 1006 });
    expect([...driver.timers.keys()]).toEqual(['retry']);
    expect(driver.session.connection.refused).toEqual([]);
  });
});

it.each(['__proto__', 'constructor', 'never-asked'])(
  'A reply to %s, which nobody asked, changes nothing.',
  (requestId) => {
    const driver = online();
    const before = driver.session;
    driver.ack(requestId).receive('error', { requestId, code: 'internal', message: 'x', retryAfterMs: 5 });
    expect(driver.session).toBe(before);
    expect(driver.effectTypes()).toEqual([]);
  },
);

describe('[ERR-5] an intent that the server takes only later', () => {
  it('The own player follows the intent, which is sent as of then.', () => {
    const seek = seekTo(61);
    const driver = refuse(watching().on(seek), 'watch/playback_state', 2000);
    expect(followedTimeline(driver.session)?.positionSec).toBe(61);
    const { state } = later(driver, 'intent').sentOne('watch/playback_state').payload;
    expect(state.positionSec - state.hostTsMs / 1000).toBeCloseTo(61 - 5_001, 2);
    expect(driver.session.intents.pending).not.toBeNull();
  });

  it('The user’s next act replaces it, as both acts in one.', () => {
    const driver = refuse(watching().on(pause), 'watch/playback_state', 2000);
    driver.on({
      type: 'act',
      intent: { act: 'seek', playing: false, positionSec: 90, rate: 1, atServerMs: 5_001_500 },
    });
    expect(driver.types()).toEqual([]);
    const { payload } = later(driver, 'intent').sentOne('watch/playback_state');
    expect(payload).not.toHaveProperty('act');
    expect(payload.state).toMatchObject({ playing: false, positionSec: 90 });
  });

  it('The intent is dropped after 30 s, or on another video.', () => {
    const late = refuse(watching().on(pause), 'watch/playback_state', 30_000);
    expect(later(late, 'intent').types()).toEqual([]);
    expect(late.session.intents.pending).toBeNull();
    const moved = refuse(watching().on(pause), 'watch/playback_state', 700);
    moved.receive('watch/content', { roomId: ROOM, contentId: 'other', fromUserId: 'bob' });
    expect(later(moved, 'intent').types()).toEqual([]);
  });

  it('An intent that is refused for good is undone.', () => {
    const driver = refuse(watching().on(pause), 'watch/playback_state', 700);
    const { requestId } = later(driver, 'intent').sentOne('watch/playback_state');
    driver.receive('error', { requestId, code: 'unauthorized', message: 'host only' });
    expect(driver.session).toMatchObject({
      intents: { pending: null },
      connection: { problem: 'not_allowed' },
    });
  });
});

describe('a burst of acts', () => {
  const sought = (driver: Driver) =>
    driver
      .sent()
      .flatMap(({ type, payload }) => (type === 'watch/playback_state' ? [payload.state.positionSec] : []));

  it('A key that is held down sends four intents a second, and ends where the user ended.', () => {
    const driver = watching();
    for (let at = 0; at < 30; at++) {
      driver.on(seekTo(100 + 10 * at));
      driver.nowMs += 33;
      const dueMs = driver.timers.get('intent');
      if (dueMs !== undefined && dueMs <= 33) driver.on({ type: 'timer', name: 'intent' });
    }
    expect(followedTimeline(driver.session)?.positionSec).toBeCloseTo(390, 0);
    later(driver, 'intent');
    const sent = sought(driver);
    expect(sent.length).toBeLessThanOrEqual(6);
    expect(sent[0]).toBe(100);
    expect(sent.at(-1)).toBeCloseTo(390, 0);
  });

  it('Different acts are sent without a wait.', () => {
    const driver = watching().on(seekTo(100)).on(pause);
    expect(driver.types()).toEqual(['watch/playback_state', 'watch/playback_state']);
    expect(driver.timers.has('intent')).toBe(false);
  });

  it('After a loss the last intent is sent.', () => {
    const driver = watching().on(seekTo(100)).on(seekTo(200)).on({ type: 'closed', code: 1006 });
    driver.on({ type: 'timer', name: 'retry' });
    driver.effectTypes();
    driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: [...CAPS] });
    const { requestId } = driver.sentOne('room/join');
    driver.receive('room/joined', joinedPayload).receive('watch/content', { roomId: ROOM, contentId: FILM });
    driver.receive('watch/playback_state', playback(4)).ack(requestId);
    expect(sought(driver)).toEqual([expect.closeTo(200, 0)]);
  });
});

describe('a flickering report', () => {
  const report = (state: 'ready' | 'buffering') => ({ type: 'report', report: { state } }) as const;

  it('[STATE-2] The report is sent twice a second at most, and ends with the last state.', () => {
    const driver = watching();
    driver.nowMs += 10_000;
    let sent = 0;
    for (let at = 0; at <= 100; at++) {
      driver.on(report(at % 2 === 0 ? 'ready' : 'buffering'));
      driver.nowMs += 100;
      const dueMs = driver.timers.get('report') ?? Infinity;
      if (dueMs <= 100) driver.on({ type: 'timer', name: 'report' });
      sent += driver.types().filter((type) => type === 'member/state').length;
    }
    expect(sent).toBeLessThanOrEqual(2 * 10 + 4);
    expect(later(driver, 'report').sentOne('member/state').payload.state).toBe('ready');
  });

  it('[ERR-5] The report is sent again after a refusal that names no request.', () => {
    const driver = watching().on(report('ready'));
    driver.effectTypes();
    driver.receive('error', { code: 'bad_request', message: 'too fast', retryAfterMs: 1200 });
    expect(driver.timers.get('report')).toBe(1200);
    expect(later(driver, 'report').types()).toEqual(['member/state']);
  });
});

describe('[ERR-5] a join that the server takes only later', () => {
  const joining = () => {
    const driver = new Driver(startSession(start)).on({ type: 'begin' });
    driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: [...CAPS] });
    return refuse(driver, 'room/join', 2300);
  };

  it('The join is sent again in time, on the same connection.', () => {
    const driver = joining();
    expect(driver.effectTypes()).toEqual([]);
    expect(driver.session).toMatchObject({ connection: { phase: 'joining', problem: null } });
    expect([...driver.timers]).toEqual(expect.arrayContaining([['rejoin', 2300]]));
    expect(driver.timers.has('connect_timeout')).toBe(false);
    const { requestId } = later(driver, 'rejoin').sentOne('room/join');
    expect(driver.timers.get('connect_timeout')).toBe(2500);
    driver.receive('room/joined', joinedPayload).ack(requestId);
    expect(driver.session).toMatchObject({ connection: { phase: 'online', joinComplete: true } });
  });

  it('The join is not sent again after its connection.', () => {
    const driver = joining().on({ type: 'closed', code: 1006 });
    expect([...driver.timers.keys()]).toEqual(['retry']);
  });
});
