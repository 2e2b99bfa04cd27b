import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession } from '../../src/party/index.ts';
import { CLOSE } from '../../src/protocol/index.ts';
import { Driver, online, completeJoin, start, watching } from './support.ts';

describe('the join', () => {
  it('The session connects, joins after the hello, and is complete after the ack.', () => {
    const driver = new Driver().on({ type: 'begin' });
    expect(driver.session.connection.phase).toBe('connecting');
    expect(driver.effectTypes()).toEqual(['connect']);
    completeJoin(driver);
    expect(driver.session).toMatchObject({
      connection: { phase: 'online', joinComplete: true, problem: null },
      room: { epoch: 'epoch-1' },
    });
    expect(driver.timers.has('connect_timeout')).toBe(false);
  });

  it('Clock exchanges start before the join, come often at first, and every seven seconds in the end.', () => {
    const driver = new Driver().on({ type: 'begin' });
    driver.receive('server/hello', { v: 1, nowMs: 0, caps: ['clock'] });
    expect(driver.types()).toEqual(['clock/ping', 'room/join']);
    const waitAfter = (elapsedMs: number) => {
      driver.nowMs = 1000 + elapsedMs;
      return driver.on({ type: 'timer', name: 'ping' }).timers.get('ping');
    };
    expect([0, 1900, 2000, 59_000, 75_000, 140_000, 3_600_000].map(waitAfter)).toEqual([
      ...[100, 100, 500, 500, 5000, 7000, 7000],
    ]);
  });

  it('After a sleep the clock exchanges restart at once.', () => {
    const driver = online();
    driver.receive('clock/pong', { id: 0, t1Ms: 0, t2Ms: 5000, t3Ms: 5000 });
    driver.sleptMs = 60_000;
    const pings = driver.types().filter((type) => type === 'clock/ping').length;
    driver.on({ type: 'timer', name: 'report' });
    expect(driver.types().filter((type) => type === 'clock/ping')).toHaveLength(pings + 1);
  });

  it('The clock is kept if the sleep was longer than two exchanges leave open.', () => {
    const driver = online();
    driver.receive('clock/pong', { id: 0, t1Ms: 0, t2Ms: 5000, t3Ms: 5000 });
    const { known } = driver.session.clock.twoWay;
    expect(known).not.toBeNull();
    driver.sleptMs = 60_000;
    expect(driver.on({ type: 'timer', name: 'report' }).session.clock.twoWay.known).toBe(known);
  });

  it('The clock is forgotten if no exchange could prove it wrong.', () => {
    const driver = online();
    driver.nowMs += 100;
    driver.receive('clock/pong', { id: 0, t1Ms: 0, t2Ms: 5000, t3Ms: 5000 });
    driver.sleptMs = 300;
    expect(driver.on({ type: 'timer', name: 'report' }).session.clock.twoWay.known).toBeNull();
  });

  it('The session gives up a server that does not reply.', () => {
    expect(new Driver().on({ type: 'begin' }).timers.get('connect_timeout')).toBe(2500);
    const driver = online();
    expect(driver.timers.get('pong_timeout')).toBe(5000);
    expect(driver.on({ type: 'timer', name: 'pong_timeout' }).effectTypes()).toEqual(['disconnect']);
  });

  it('[RES-3] Every join shows the same resume token.', () => {
    const driver = online().on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });
    driver.receive('server/hello', { v: 1, nowMs: 0, caps: ['resume'] });
    expect(driver.sentOne('room/join').payload.resumeToken).toBe(start.resumeToken);
  });

  it('[RES-1] The session joins as a newcomer if somebody else holds its name.', () => {
    const driver = new Driver().on({ type: 'begin' });
    driver.receive('server/hello', { v: 1, nowMs: 0, caps: ['resume'] });
    const { requestId } = driver.sentOne('room/join');
    driver.receive('error', { requestId, code: 'unauthorized', message: 'not yours' });
    const again = driver.sentOne('room/join').payload;
    expect(again.client.userId).not.toBe('ada');
    expect(again.client.displayName).toBe('Ada');
    expect(again.resumeToken).not.toBe(start.resumeToken);
  });

  it('The session waits 15 s before it asks a room again that refused it.', () => {
    const driver = new Driver().on({ type: 'begin' });
    driver.receive('server/hello', { v: 1, nowMs: 0 });
    const { requestId } = driver.sentOne('room/join');
    driver.receive('error', { requestId, code: 'bad_request', message: 'full' });
    expect(driver.effectTypes()).toEqual(['disconnect']);
    driver.on({ type: 'closed', code: 1006 });
    expect(driver.session.connection.problem).toBe('room_refused');
    expect(driver.timers.get('retry')).toBe(15_000);
  });
});

describe('a lost connection', () => {
  it('Attempts come within 2.5 s for five minutes, at random moments.', () => {
    for (const random of [0, 0.3, 0.999]) {
      const driver = online();
      driver.random = random;
      for (let attempt = 0; attempt < 40; attempt++) {
        driver.on({ type: 'closed', code: 1006 });
        expect(driver.timers.get('retry')).toBeCloseTo(random * Math.min(2500, 300 * 2 ** attempt), 6);
        driver.nowMs += 7000;
        driver.on({ type: 'timer', name: 'retry' });
      }
    }
  });

  it('After that, attempts come less often.', () => {
    const driver = online().on({ type: 'closed', code: 1006 });
    driver.nowMs += 300_001;
    driver.random = 0.9;
    for (let attempt = 0; attempt < 8; attempt++) driver.on({ type: 'closed', code: 1006 });
    expect(driver.timers.get('retry')).toBeCloseTo(13_500, 6);
  });

  it('An attempt is made at once when the network is back.', () => {
    const driver = online().on({ type: 'closed', code: 1006 });
    expect(driver.effectTypes()).toEqual([]);
    expect(driver.on({ type: 'network_back' }).effectTypes()).toEqual(['connect']);
  });

  it('An attempt that hangs is restarted when the network is back.', () => {
    const driver = online().on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });
    driver.effectTypes();
    expect(driver.on({ type: 'network_back' }).effectTypes()).toEqual(['disconnect']);
    expect(driver.on({ type: 'closed', code: 1006 }).timers.get('retry')).toBeLessThanOrEqual(600);
  });

  it('The problem is shown after two failed attempts.', () => {
    const driver = online().on({ type: 'closed', code: 1006 });
    expect(driver.session.connection.problem).toBeNull();
    driver.on({ type: 'timer', name: 'retry' }).on({ type: 'closed', code: 1006 });
    expect(driver.session.connection.problem).toBe('server_unreachable');
  });

  it.each([
    [CLOSE.tryAgainLater, 'server_full'],
    [CLOSE.policyViolation, 'server_refused'],
  ])('The close code %d is shown as %s.', (code, problem) => {
    expect(online().on({ type: 'closed', code }).session.connection.problem).toBe(problem);
  });

  it('Only the retry timer is left running.', () => {
    expect([...watching().on({ type: 'closed', code: 1006 }).timers.keys()]).toEqual(['retry']);
  });
});

describe('[RES-5] a replaced member', () => {
  it('The session stops, since a rejoin would throw out the other one.', () => {
    const driver = online().on({ type: 'closed', code: CLOSE.replaced });
    expect(driver.session).toMatchObject({
      connection: { phase: 'stopped', problem: 'replaced_elsewhere' },
    });
    expect(driver.timers.size).toBe(0);
    driver.effectTypes();
    expect(driver.on({ type: 'begin' }).effectTypes()).toEqual([]);
    expect(driver.on({ type: 'reconnect_now' }).effectTypes()).toEqual(['connect']);
  });

  it('A session replaced by its own late join on an abandoned connection comes back, once.', () => {
    const driver = online().on({ type: 'timer', name: 'pong_timeout' }).on({ type: 'closed', code: 1006 });
    completeJoin(driver.on({ type: 'timer', name: 'retry' }));
    driver.nowMs += 20_000;
    expect(driver.on({ type: 'closed', code: CLOSE.replaced }).session.connection.phase).toBe('waiting');
    completeJoin(driver.on({ type: 'timer', name: 'retry' }));
    expect(driver.on({ type: 'closed', code: CLOSE.replaced }).session.connection.phase).toBe('stopped');
  });

  it('Long after a connection was abandoned, a replacement comes from elsewhere.', () => {
    const driver = online().on({ type: 'timer', name: 'pong_timeout' }).on({ type: 'closed', code: 1006 });
    completeJoin(driver.on({ type: 'timer', name: 'retry' }));
    driver.nowMs += 30_001;
    expect(driver.on({ type: 'closed', code: CLOSE.replaced }).session.connection.phase).toBe('stopped');
  });
});

describe('a restart of the background', () => {
  it('[RES-7] The restored session knows what it knew, older by the time the background was dead.', () => {
    const before = watching();
    before.nowMs += 4000;
    const saved: unknown = JSON.parse(JSON.stringify(saveSession(before.session, before.nowMs, 1_000_000)));
    const restored = restoreSession(savedSession.parse(saved), 50, 1_006_000);
    const driver = new Driver(restored);
    driver.nowMs = 50;
    driver.on({ type: 'begin' }).receive('server/hello', { v: 1, nowMs: 0, caps: ['resume'] });
    const { snapshot } = driver.sentOne('room/join').payload;
    const ageMs = (before.session.playback.timelineAge?.ageMs ?? NaN) + 10_000;
    expect(snapshot).toMatchObject({
      epoch: 'epoch-1',
      seq: 4,
      playback: { playing: true, positionSec: 60, rate: 1, ageMs },
    });
  });

  it('A stopped session stays stopped.', () => {
    const { session } = online().on({ type: 'closed', code: CLOSE.replaced });
    expect(restoreSession(saveSession(session, 0, 0), 0, 0).connection.phase).toBe('stopped');
  });
});

it('A user who leaves sends room/leave.', () => {
  expect(online().on({ type: 'leave' }).types()).toEqual(['room/leave']);
  expect(online().on({ type: 'leave' }).effectTypes()).toEqual(['send', 'call', 'disconnect']);
});
