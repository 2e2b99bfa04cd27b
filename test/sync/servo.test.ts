import { describe, expect, it } from 'vitest';
import { servo, SERVO_START, type ServoInput, type ServoState } from '../../src/sync/index.ts';

type Given = Partial<ServoInput['player']> & {
  targetSec?: number;
  playing?: boolean;
  rate?: number;
  roomRate?: number;
  startsInMs?: number;
  nowMs?: number;
  can?: ServoInput['can'];
  state?: ServoState;
};

const step = ({
  targetSec = 100,
  playing = true,
  roomRate = 1,
  startsInMs = 0,
  nowMs = 50_000,
  can,
  state,
  ...player
}: Given) =>
  servo(state ?? SERVO_START, {
    nowMs,
    target: { positionSec: targetSec, playing, rate: roomRate, startsInMs },
    player: {
      positionSec: targetSec,
      paused: !playing,
      rate: roomRate,
      seeking: false,
      ready: true,
      ended: false,
      durationSec: 7200,
      ...player,
    },
    can: can ?? { rate: true, seekToleranceSec: 0 },
  });
/** As it is once it has arrived: quiet corrections only. */
const arrived: ServoState = { ...SERVO_START, trim: { ...SERVO_START.trim, arriving: false } };
const seekOnly = { rate: false, seekToleranceSec: 0 };

describe('while the room plays', () => {
  it('leaves alone a player within 0.8 ms', () => {
    expect(step({ positionSec: 100.0007 }).command).toEqual({});
    expect(step({ positionSec: 99.9993 }).command).toEqual({});
  });

  it.each([
    [99.998, 1.0021],
    [100.01, 0.995],
    [99.98, 1.005],
    [100.05, 0.97],
  ])('once there, trims a player at %d s for 100 s by no more than an ear allows', (positionSec, rate) => {
    expect(step({ positionSec, state: arrived }).command).toEqual({
      rate: expect.closeTo(rate, 6) as number,
    });
  });

  it.each([
    [99.98, 1.05],
    [99.9, 1.08],
    [100.2, 0.92],
  ])('on its way there is faster: %d s for 100 s', (positionSec, rate) => {
    expect(step({ positionSec }).command).toEqual({ rate: expect.closeTo(rate, 6) as number });
  });

  it('writes no rate that the player has', () => {
    const { rate = 0 } = step({ positionSec: 100.0021 }).command;
    expect(step({ positionSec: 100.0021, rate }).command).toEqual({});
  });

  it('trims around the speed people chose', () => {
    expect(step({ positionSec: 99.99, roomRate: 2, state: arrived }).command.rate).toBeCloseTo(2.01, 6);
  });

  it('goes on trimming down to 0.2 ms, then returns to the chosen speed', () => {
    const nudging = { ...arrived, trim: { ...arrived.trim, nudging: true } };
    expect(step({ positionSec: 99.9996, state: nudging }).command.rate).toBeGreaterThan(1);
    expect(step({ positionSec: 99.99985, rate: 1.003, state: nudging }).command).toEqual({ rate: 1 });
  });

  it('learns how much a player’s clock is slow, and counts that in from then on', () => {
    let state = arrived;
    let positionSec = 100;
    let rate = 1;
    const nudges: number[] = [];
    for (let atMs = 0; atMs < 300_000; atMs += 100) {
      const next = step({ nowMs: atMs, targetSec: 100 + atMs / 1000, positionSec, rate, state });
      if (next.state.trim.nudging && !state.trim.nudging) nudges.push(atMs);
      state = next.state;
      rate = next.command.rate ?? rate;
      // 80 ppm slow
      positionSec += rate * 0.1 * (1 - 80e-6);
    }
    expect(state.trim.drift * 1e6).toBeGreaterThan(60);
    expect(nudges.filter((atMs) => atMs > 150_000).length).toBeLessThan(5);
  });

  it('jumps only where trimming would take too long', () => {
    expect(step({ positionSec: 99.76 }).command.seekToSec).toBeUndefined();
    expect(step({ positionSec: 99.74 }).command.seekToSec).toBeCloseTo(100.05, 6);
  });

  it('never touches a player that is seeking', () => {
    expect(step({ positionSec: 5, seeking: true })).toMatchObject({ command: {}, driftSec: null });
  });

  it('does not trust the clock of a player that has just jumped or waits for data', () => {
    const jumped = { ...SERVO_START, settleUntilMs: 50_001 };
    expect(step({ positionSec: 99.9, state: jumped }).command).toEqual({});
    expect(step({ positionSec: 99.9, ready: false }).command).toEqual({});
  });

  it('lets a film that ran dry wait where it stands, but not for ever', () => {
    const { state } = step({ positionSec: 100, state: arrived });
    const dry = step({ positionSec: 100, targetSec: 100.1, ready: false, nowMs: 50_100, state }).state;
    const at = (nowMs: number, targetSec: number) =>
      step({ positionSec: 100, targetSec, ready: false, nowMs, state: dry }).command;
    expect(at(52_900, 102.9)).toEqual({});
    expect(at(53_200, 103.2)).toEqual({ seekToSec: 103.25 });
  });

  it('starts a player that stands still', () =>
    expect(step({ paused: true }).command).toEqual({ play: true }));

  it('starts and jumps at once when it is far off', () => {
    expect(step({ paused: true, positionSec: 0 }).command).toEqual({ play: true, seekToSec: 100.05 });
  });
});

describe('jumps', () => {
  it('wait twice as long each time one did not help, up to 12 s', () => {
    let state = SERVO_START;
    const atMs: number[] = [];
    for (let nowMs = 0; nowMs < 60_000; nowMs += 100) {
      const next = step({ nowMs, positionSec: 0, ready: false, state });
      if (next.command.seekToSec !== undefined) atMs.push(nowMs);
      state = next.state;
    }
    expect(atMs).toEqual([0, 1500, 4500, 10_500, 22_500, 34_500, 46_500, 58_500]);
  });

  const landed = (sought: ServoState, nowMs: number, positionSec: number) =>
    step({ nowMs, positionSec, state: sought }).state;
  const firstLead = SERVO_START.leads.seek.leadSec;
  const jumped = step({ positionSec: 0 }).state;

  it('aim ahead by what former ones missed', () => {
    expect(step({ positionSec: 0 }).command.seekToSec).toBeCloseTo(100 + firstLead, 6);
    const { leads } = landed(jumped, 50_600, 99.9);
    expect(leads.seek.leadSec).toBeCloseTo(firstLead + 0.09, 6);
    const again = step({ nowMs: 60_000, positionSec: 0, state: { ...SERVO_START, leads } });
    expect(again.command.seekToSec).toBeCloseTo(100 + firstLead + 0.09, 6);
  });

  it('learn also from a landing so late that another jump is needed', () => {
    expect(landed(jumped, 50_700, 99.4).leads.seek.leadSec).toBeCloseTo(firstLead + 0.54, 6);
  });

  it('learn little from later landings that miss by little', () => {
    const often = { ...SERVO_START.leads, seek: { leadSec: 0.1, landings: 5 } };
    expect(landed({ ...jumped, leads: often }, 50_600, 99.99).leads.seek.leadSec).toBeCloseTo(0.103, 6);
  });

  it('learn nothing of seeking from a player that did not start, or that waited long', () => {
    const refused = landed(jumped, 50_500, 99.6);
    const stuck = step({ nowMs: 50_500, positionSec: 99, paused: true, state: jumped }).state;
    expect(landed(stuck, 52_000, 99).leads.seek.leadSec).toBe(firstLead);
    expect(landed(jumped, 58_000, 99).leads.seek.leadSec).toBe(firstLead);
    expect(refused.leads.seek.leadSec).toBeGreaterThan(firstLead);
  });

  it('learn nothing from being further behind than they can have taken: a clock was set', () => {
    expect(landed(jumped, 50_500, 99.4).leads.seek).toEqual(SERVO_START.leads.seek);
  });

  it('never aim more than 3 s ahead, nor behind', () => {
    expect(landed(jumped, 53_400, 96.7).leads.seek.leadSec).toBe(3);
    expect(landed(jumped, 51_000, 101).leads.seek.leadSec).toBe(0);
  });

  it('leave the waiting time to the rate', () => {
    expect(step({ nowMs: 50_700, positionSec: 99.6, state: jumped }).command).toEqual({
      rate: expect.closeTo(1.08, 6) as number,
    });
  });
});

describe('a site without rates', () => {
  it('is sought from 50 ms on, or from what it can do', () => {
    expect(step({ positionSec: 99.96, can: seekOnly }).command).toEqual({});
    expect(step({ positionSec: 99.94, can: seekOnly }).command).toHaveProperty('seekToSec');
    expect(step({ positionSec: 99.5, can: { rate: false, seekToleranceSec: 1 } }).command).toEqual({});
  });

  it('is sought so far ahead that it can wait, each time further', () => {
    const aim = (inARow: number) =>
      step({ positionSec: 90, can: seekOnly, state: { ...SERVO_START, seeks: { lastAtMs: 0, inARow } } });
    expect([0, 1, 2, 3, 4].map((inARow) => aim(inARow).command.seekToSec)).toEqual(
      [100.15, 100.25, 100.45, 100.85, 100.85].map((sec): unknown => expect.closeTo(sec, 6)),
    );
    expect(step({ positionSec: 90 }).command.seekToSec).toBeCloseTo(100.05, 6);
  });

  it('learns where its jumps land by where they were aimed', () => {
    const sought = step({ positionSec: 90, can: seekOnly }).state;
    const landed = step({ positionSec: 100.1, can: seekOnly, nowMs: 50_600, state: sought });
    expect(landed.state.leads.seek).toEqual({ leadSec: expect.closeTo(0.05, 6) as number, landings: 1 });
  });

  it('stands and waits for the room when it is ahead by 50 ms to 1 s, and jumps beyond', () => {
    expect(step({ positionSec: 100.04, can: seekOnly }).command).toEqual({});
    expect(step({ positionSec: 100.06, can: seekOnly }).command).toEqual({ stand: true });
    expect(step({ positionSec: 100.99, can: seekOnly }).command).toEqual({ stand: true });
    expect(step({ positionSec: 101.01, can: seekOnly }).command).toHaveProperty('seekToSec');
    expect(step({ positionSec: 101, can: { rate: false, seekToleranceSec: 2 } }).command).toEqual({
      stand: true,
    });
  });

  it('starts again when the room is where it stands', () => {
    const { state } = step({ positionSec: 100.6, can: seekOnly });
    const stands = { positionSec: 100.6, paused: true, can: seekOnly, state };
    expect(step(stands)).toMatchObject({ command: {}, wakeInMs: expect.closeTo(560, 6) as number });
    expect(step({ ...stands, targetSec: 100.59 }).command).toEqual({ play: true });
    const slow = { ...state, leads: { ...state.leads, start: { leadSec: 0.2, landings: 3 } } };
    expect(step({ ...stands, targetSec: 100.4, state: slow }).command).toEqual({ play: true });
  });

  it('does not stand again and again when that does not help', () => {
    const { state } = step({ positionSec: 100.2, can: seekOnly });
    const again = {
      positionSec: 100.2,
      can: seekOnly,
      state: { ...state, seeks: { lastAtMs: 50_000, inARow: 4 } },
    };
    expect(step({ ...again, nowMs: 51_400 }).command).toEqual({});
    expect(step({ ...again, nowMs: 51_500 }).command).toEqual({ stand: true });
  });

  it('does not stand where it would go on elsewhere, or never reach its end', () => {
    expect(step({ positionSec: 100.3, can: { ...seekOnly, losesPlace: true } }).command).not.toHaveProperty(
      'stand',
    );
    expect(
      step({ positionSec: 99.5, targetSec: 99.3, durationSec: 100, can: seekOnly }).command,
    ).not.toHaveProperty('stand');
  });

  it('is not sought for what its clock seems to be off by right after a start', () => {
    const state = { ...SERVO_START, settleUntilMs: 50_100 };
    expect(step({ positionSec: 99.92, can: seekOnly, state }).command).toEqual({});
    expect(step({ positionSec: 100.08, can: seekOnly, state }).command).toEqual({});
    expect(step({ positionSec: 99.92, can: seekOnly, state, nowMs: 50_100 }).command).toHaveProperty(
      'seekToSec',
    );
    expect(step({ positionSec: 101, can: seekOnly, state }).command).toHaveProperty('seekToSec');
  });

  it.each([true, false])('is never given a rate (playing: %s)', (playing) => {
    expect(step({ playing, rate: 1, roomRate: 1.5, can: seekOnly }).command.rate).toBeUndefined();
  });

  it('is not sought ever more often when the room plays at a speed it has not', () => {
    const state = { ...SERVO_START, seeks: { lastAtMs: 0, inARow: 3 } };
    expect(step({ rate: 1, roomRate: 1.5, can: seekOnly, state }).state.seeks.inARow).toBe(3);
    expect(step({ rate: 1, can: seekOnly, state }).state.seeks.inARow).toBe(0);
  });
});

describe('at the end of the film', () => {
  const end = { durationSec: 90, targetSec: 500 };
  it('leaves alone a player that has ended', () => {
    expect(step({ ...end, positionSec: 90, paused: true, ended: true }).command).toEqual({});
  });
  it('brings one that stopped elsewhere there, without playing', () => {
    expect(step({ ...end, positionSec: 40, paused: true }).command).toEqual({
      seekToSec: expect.closeTo(89.95, 6) as number,
    });
  });
  it('does not begin the film anew because one player ended early', () => {
    const early = { durationSec: 90, targetSec: 89.5, positionSec: 90, paused: true, ended: true };
    expect(step({ ...early, can: seekOnly }).command).toEqual({});
  });
  it('goes back with the room, jumping first and playing then', () => {
    expect(
      step({ durationSec: 90, targetSec: 10, positionSec: 90, paused: true, ended: true }).command,
    ).toEqual({
      seekToSec: 10.05,
    });
  });
});

describe('a start whose moment lies ahead', () => {
  const standing = { paused: true, positionSec: 100 };
  const lead = SERVO_START.leads.start.leadSec * 1000;

  it('is waited for, standing on the very frame', () => {
    const { command, wakeInMs } = step({ ...standing, startsInMs: 300 });
    expect(command).toEqual({});
    expect(wakeInMs).toBeCloseTo(300 - lead, 6);
    expect(step({ paused: false, positionSec: 100.4, startsInMs: 300 }).command).toEqual({
      pause: true,
      seekToSec: 100,
    });
  });

  it('is made as much sooner as the player takes', () => {
    expect(step({ ...standing, startsInMs: lead - 1 }).command).toEqual({ play: true });
  });

  it('teaches how long the player takes to start', () => {
    const begun = step({ ...standing, startsInMs: lead }).state;
    // Half a second later the player is 40 ms behind.
    const late = step({ nowMs: 50_500, targetSec: 100.49, positionSec: 100.45, state: begun }).state;
    expect(late.leads.start.leadSec * 1000).toBeCloseTo(lead + 36, 4);
  });

  it('made too late teaches no more than that', () => {
    const late = step({ paused: true, positionSec: 100, targetSec: 100.15 }).state;
    const same = step({ nowMs: 50_500, targetSec: 100.65, positionSec: 100.49, state: late }).state;
    expect(same.leads.start.leadSec * 1000).toBeCloseTo(lead, 4);
  });

  it('is learned apart after a jump, which makes starting slower', () => {
    const sought = step({ playing: false, positionSec: 5, paused: true }).state;
    const begun = step({ ...standing, nowMs: 51_000, startsInMs: 1, state: sought }).state;
    const { leads } = step({ nowMs: 51_500, targetSec: 100.5, positionSec: 100.4, state: begun }).state;
    expect(leads.start).toEqual(SERVO_START.leads.start);
    expect(leads.start_after_seek.landings).toBe(1);
  });
});

describe('while the room is paused', () => {
  it('pauses, and stands on the very frame', () => {
    expect(step({ playing: false, paused: false, positionSec: 100.03 }).command).toEqual({
      pause: true,
      seekToSec: 100,
    });
  });
  it('lets be what differs by less than a frame', () => {
    expect(step({ playing: false, positionSec: 100.019 }).command).toEqual({});
  });
  it('counts nothing as drift where the player goes on elsewhere anyway, as a live stream’s does', () => {
    const { command, driftSec } = step({
      playing: false,
      positionSec: 108,
      can: { rate: true, seekToleranceSec: Infinity },
    });
    expect(command).toEqual({});
    expect(driftSec).toBeNull();
  });
  it('returns to the chosen speed', () => {
    expect(step({ playing: false, rate: 1.004 }).command).toEqual({ rate: 1 });
  });
});
