import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession } from '../../src/party/index.ts';
import { CLOSE } from '../../src/protocol/index.ts';
import { Driver, online, settle, start, watching } from './support.ts';

describe('coming in', () => {
  it('connects, joins on hello, and is settled by the answer', () => {
    const driver = new Driver().on({ type: 'begin' });
    expect(driver.session.connection.phase).toBe('connecting');
    expect(driver.did()).toEqual(['connect']);
    settle(driver);
    expect(driver.session).toMatchObject({
      connection: { phase: 'online', joinComplete: true, problem: null },
      room: { epoch: 'epoch-1' },
    });
    expect(driver.timers.has('connect_timeout')).toBe(false);
  });

  it('asks the clock before it joins, often while it knows little, and in the end every seven seconds', () => {
    const driver = new Driver().on({ type: 'begin' });
    driver.told('server/hello', { v: 1, nowMs: 0, caps: ['clock'] });
    expect(driver.types()).toEqual(['clock/ping', 'room/join']);
    const waitAfter = (elapsedMs: number) => {
      driver.nowMs = 1000 + elapsedMs;
      return driver.on({ type: 'timer', name: 'ping' }).timers.get('ping');
    };
    expect([0, 1900, 2000, 59_000, 75_000, 140_000, 3_600_000].map(waitAfter)).toEqual([
      ...[100, 100, 500, 500, 5000, 7000, 7000],
    ]);
  });

  it('asks the clock anew at once when the machine has slept', () => {
    const driver = online();
    driver.told('clock/pong', { id: 0, t1Ms: 0, t2Ms: 5000, t3Ms: 5000 });
    driver.sleptMs = 60_000;
    const pings = driver.types().filter((type) => type === 'clock/ping').length;
    driver.on({ type: 'timer', name: 'report' });
    expect(driver.types().filter((type) => type === 'clock/ping')).toHaveLength(pings + 1);
  });

  it('keeps what it knew of the clock when more has gone by than two exchanges leave open', () => {
    const driver = online();
    driver.told('clock/pong', { id: 0, t1Ms: 0, t2Ms: 5000, t3Ms: 5000 });
    const { known } = driver.session.clock.twoWay;
    expect(known).not.toBeNull();
    driver.sleptMs = 60_000;
    expect(driver.on({ type: 'timer', name: 'report' }).session.clock.twoWay.known).toBe(known);
  });

  it('forgets it when no exchange could prove it wrong', () => {
    const driver = online();
    driver.nowMs += 100;
    driver.told('clock/pong', { id: 0, t1Ms: 0, t2Ms: 5000, t3Ms: 5000 });
    driver.sleptMs = 300;
    expect(driver.on({ type: 'timer', name: 'report' }).session.clock.twoWay.known).toBeNull();
  });

  it('gives up a server that does not answer', () => {
    expect(new Driver().on({ type: 'begin' }).timers.get('connect_timeout')).toBe(2500);
    const driver = online();
    expect(driver.timers.get('pong_timeout')).toBe(5000);
    expect(driver.on({ type: 'timer', name: 'pong_timeout' }).did()).toEqual(['disconnect']);
  });

  it('[RES-3] shows the same token at every join', () => {
    const driver = online().on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });
    driver.told('server/hello', { v: 1, nowMs: 0, caps: ['resume'] });
    expect(driver.sentOne('room/join').payload.resumeToken).toBe(start.resumeToken);
  });

  it('[RES-1] comes in as a newcomer where its name is held by somebody else', () => {
    const driver = new Driver().on({ type: 'begin' });
    driver.told('server/hello', { v: 1, nowMs: 0, caps: ['resume'] });
    const { requestId } = driver.sentOne('room/join');
    driver.told('error', { requestId, code: 'unauthorized', message: 'not yours' });
    const again = driver.sentOne('room/join').payload;
    expect(again.client.userId).not.toBe('ada');
    expect(again.client.displayName).toBe('Ada');
    expect(again.resumeToken).not.toBe(start.resumeToken);
  });

  it('waits 15 s before it asks a room again that refused it', () => {
    const driver = new Driver().on({ type: 'begin' });
    driver.told('server/hello', { v: 1, nowMs: 0 });
    const { requestId } = driver.sentOne('room/join');
    driver.told('error', { requestId, code: 'bad_request', message: 'full' });
    expect(driver.did()).toEqual(['disconnect']);
    driver.on({ type: 'closed', code: 1006 });
    expect(driver.session.connection.problem).toBe('room_refused');
    expect(driver.timers.get('retry')).toBe(15_000);
  });
});

describe('a lost connection', () => {
  it('is tried again within 2.5 s for five minutes, at a random moment', () => {
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

  it('is tried less often after that', () => {
    const driver = online().on({ type: 'closed', code: 1006 });
    driver.nowMs += 300_001;
    driver.random = 0.9;
    for (let attempt = 0; attempt < 8; attempt++) driver.on({ type: 'closed', code: 1006 });
    expect(driver.timers.get('retry')).toBeCloseTo(13_500, 6);
  });

  it('is tried at once when the network is back', () => {
    const driver = online().on({ type: 'closed', code: 1006 });
    expect(driver.did()).toEqual([]);
    expect(driver.on({ type: 'network_back' }).did()).toEqual(['connect']);
  });

  it('is begun anew when the network is back while an attempt hangs', () => {
    const driver = online().on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });
    driver.did();
    expect(driver.on({ type: 'network_back' }).did()).toEqual(['disconnect']);
    expect(driver.on({ type: 'closed', code: 1006 }).timers.get('retry')).toBeLessThanOrEqual(600);
  });

  it('says so once two attempts failed', () => {
    const driver = online().on({ type: 'closed', code: 1006 });
    expect(driver.session.connection.problem).toBeNull();
    driver.on({ type: 'timer', name: 'retry' }).on({ type: 'closed', code: 1006 });
    expect(driver.session.connection.problem).toBe('server_unreachable');
  });

  it.each([
    [CLOSE.tryAgainLater, 'server_full'],
    [CLOSE.policyViolation, 'server_refused'],
  ])('with code %d is told as %s', (code, problem) => {
    expect(online().on({ type: 'closed', code }).session.connection.problem).toBe(problem);
  });

  it('leaves no timer running but the one to try again', () => {
    expect([...watching().on({ type: 'closed', code: 1006 }).timers.keys()]).toEqual(['retry']);
  });
});

describe('[RES-5] a member that was replaced', () => {
  it('stops, since coming back would throw out the other', () => {
    const driver = online().on({ type: 'closed', code: CLOSE.replaced });
    expect(driver.session).toMatchObject({
      connection: { phase: 'stopped', problem: 'replaced_elsewhere' },
    });
    expect(driver.timers.size).toBe(0);
    driver.did();
    expect(driver.on({ type: 'begin' }).did()).toEqual([]);
    expect(driver.on({ type: 'reconnect_now' }).did()).toEqual(['connect']);
  });

  it('by its own join, late on a connection it gave up, comes back, once', () => {
    const driver = online().on({ type: 'timer', name: 'pong_timeout' }).on({ type: 'closed', code: 1006 });
    settle(driver.on({ type: 'timer', name: 'retry' }));
    driver.nowMs += 20_000;
    expect(driver.on({ type: 'closed', code: CLOSE.replaced }).session.connection.phase).toBe('waiting');
    settle(driver.on({ type: 'timer', name: 'retry' }));
    expect(driver.on({ type: 'closed', code: CLOSE.replaced }).session.connection.phase).toBe('stopped');
  });

  it('long after a connection was given up was replaced by another', () => {
    const driver = online().on({ type: 'timer', name: 'pong_timeout' }).on({ type: 'closed', code: 1006 });
    settle(driver.on({ type: 'timer', name: 'retry' }));
    driver.nowMs += 30_001;
    expect(driver.on({ type: 'closed', code: CLOSE.replaced }).session.connection.phase).toBe('stopped');
  });
});

describe('a background that died', () => {
  it('[RES-7] brings back what it knew, older by the time it was dead', () => {
    const before = watching();
    before.nowMs += 4000;
    const saved: unknown = JSON.parse(JSON.stringify(saveSession(before.session, before.nowMs, 1_000_000)));
    const restored = restoreSession(savedSession.parse(saved), 50, 1_006_000);
    const driver = new Driver(restored);
    driver.nowMs = 50;
    driver.on({ type: 'begin' }).told('server/hello', { v: 1, nowMs: 0, caps: ['resume'] });
    const { snapshot } = driver.sentOne('room/join').payload;
    const ageMs = (before.session.playback.timelineAge?.ageMs ?? NaN) + 10_000;
    expect(snapshot).toMatchObject({
      epoch: 'epoch-1',
      seq: 4,
      playback: { playing: true, positionSec: 60, rate: 1, ageMs },
    });
  });

  it('stays stopped when it was', () => {
    const { session } = online().on({ type: 'closed', code: CLOSE.replaced });
    expect(restoreSession(saveSession(session, 0, 0), 0, 0).connection.phase).toBe('stopped');
  });
});

it('says good-bye when the person leaves', () => {
  expect(online().on({ type: 'leave' }).types()).toEqual(['room/leave']);
  expect(online().on({ type: 'leave' }).did()).toEqual(['send', 'call', 'disconnect']);
});
