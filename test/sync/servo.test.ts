import { describe, expect, it } from 'vitest';
import { servo, SERVO_START, type ServoInput, type ServoState } from '../../src/sync/index.ts';

type Given = Partial<ServoInput['player']> & {
  targetSec?: number;
  playing?: boolean;
  rate?: number;
  roomRate?: number;
  nowMs?: number;
  can?: ServoInput['can'];
  state?: ServoState;
};

const step = ({
  targetSec = 100,
  playing = true,
  roomRate = 1,
  nowMs = 50_000,
  can,
  state,
  ...player
}: Given) =>
  servo(state ?? SERVO_START, {
    nowMs,
    target: { positionSec: targetSec, playing, rate: roomRate },
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
const seekOnly = { rate: false, seekToleranceSec: 0 };

describe('while the room plays', () => {
  it('leaves alone a player within 8 ms', () => {
    expect(step({ positionSec: 100.0079 }).command).toEqual({});
    expect(step({ positionSec: 99.9921 }).command).toEqual({});
  });

  it.each([
    [99.99, 1.005],
    [100.01, 0.995],
    [99.98, 1.03],
    [100.05, 0.97],
    [99.9, 1.08],
    [100.2, 0.92],
  ])('trims a player at %d s for 100 s by no more than an ear allows', (positionSec, rate) => {
    expect(step({ positionSec }).command).toEqual({ rate: expect.closeTo(rate, 6) as number });
  });

  it('writes rates in steps of 0.0001, and none that the player has', () => {
    const { rate = 0 } = step({ positionSec: 100.0021, state: { ...SERVO_START, nudging: true } }).command;
    expect(Math.round(rate * 1e4)).toBeCloseTo(rate * 1e4, 8);
    expect(step({ positionSec: 100.0021, rate, state: { ...SERVO_START, nudging: true } }).command).toEqual(
      {},
    );
  });

  it('trims around the speed people chose', () => {
    expect(step({ positionSec: 99.99, roomRate: 2 }).command.rate).toBeCloseTo(2.01, 6);
  });

  it('goes on trimming down to 2 ms, then returns to the chosen speed', () => {
    const nudging = { ...SERVO_START, nudging: true };
    expect(step({ positionSec: 99.996, state: nudging }).command.rate).toBeGreaterThan(1);
    expect(step({ positionSec: 99.9985, rate: 1.003, state: nudging }).command).toEqual({ rate: 1 });
  });

  it('jumps only where trimming would take too long', () => {
    expect(step({ positionSec: 99.76 }).command.seekToSec).toBeUndefined();
    expect(step({ positionSec: 99.74 }).command.seekToSec).toBe(100);
  });

  it('never touches a player that is seeking', () => {
    expect(step({ positionSec: 5, seeking: true })).toEqual({
      state: SERVO_START,
      command: {},
      driftSec: null,
    });
  });

  it('does not trust the clock of a player that has just jumped or waits for data', () => {
    const jumped = { ...SERVO_START, settleUntilMs: 50_001 };
    expect(step({ positionSec: 99.9, state: jumped }).command).toEqual({});
    expect(step({ positionSec: 99.9, ready: false }).command).toEqual({});
  });

  it('starts a player that stands still', () =>
    expect(step({ paused: true }).command).toEqual({ play: true }));

  it('starts and jumps at once when it is far off', () => {
    expect(step({ paused: true, positionSec: 0 }).command).toEqual({ play: true, seekToSec: 100 });
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

  it('aim ahead by what the last one missed', () => {
    const jumped = step({ positionSec: 0 }).state;
    const landed = step({ nowMs: 50_600, positionSec: 99.9, state: jumped }).state;
    expect(landed.seekLeadSec).toBeCloseTo(0.07, 6);
    expect(step({ nowMs: 60_000, positionSec: 0, state: landed }).command.seekToSec).toBeCloseTo(100.07, 6);
  });

  it('learn also from a landing so late that another jump is needed', () => {
    const jumped = step({ positionSec: 0 }).state;
    const landed = step({ nowMs: 50_700, positionSec: 99.4, state: jumped }).state;
    expect(landed.seekLeadSec).toBeCloseTo(0.42, 6);
  });

  it('learn nothing from a player that did not start, or that waited long', () => {
    const jumped = step({ positionSec: 0 }).state;
    const refused = step({ nowMs: 50_500, positionSec: 99, paused: true, state: jumped }).state;
    expect(step({ nowMs: 52_000, positionSec: 99, state: refused }).state.seekLeadSec).toBe(0);
    expect(step({ nowMs: 58_000, positionSec: 99, state: jumped }).state.seekLeadSec).toBe(0);
  });

  it('never aim more than 3 s ahead, nor behind', () => {
    const jumped = step({ positionSec: 0 }).state;
    expect(step({ nowMs: 51_000, positionSec: 0, state: jumped }).state.seekLeadSec).toBe(3);
    expect(step({ nowMs: 51_000, positionSec: 101, state: jumped }).state.seekLeadSec).toBe(0);
  });

  it('leave the waiting time to the rate', () => {
    const jumped = step({ positionSec: 0 }).state;
    expect(step({ nowMs: 50_700, positionSec: 99.6, state: jumped }).command).toEqual({
      rate: expect.closeTo(1.08, 6) as number,
    });
  });
});

describe('a site without rates', () => {
  it('is sought from 80 ms on, or from what it can do', () => {
    expect(step({ positionSec: 99.93, can: seekOnly }).command).toEqual({});
    expect(step({ positionSec: 99.91, can: seekOnly }).command).toEqual({ seekToSec: 100 });
    expect(step({ positionSec: 99.5, can: { rate: false, seekToleranceSec: 1 } }).command).toEqual({});
  });

  it.each([true, false])('is never given a rate (playing: %s)', (playing) => {
    expect(step({ playing, rate: 1, roomRate: 1.5, can: seekOnly }).command.rate).toBeUndefined();
  });

  it('is not sought ever more often when the room plays at a speed it has not', () => {
    const state = { ...SERVO_START, seeksInARow: 3 };
    expect(step({ rate: 1, roomRate: 1.5, can: seekOnly, state }).state.seeksInARow).toBe(3);
    expect(step({ rate: 1, can: seekOnly, state }).state.seeksInARow).toBe(0);
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
      seekToSec: 10,
    });
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
  it('returns to the chosen speed', () => {
    expect(step({ playing: false, rate: 1.004 }).command).toEqual({ rate: 1 });
  });
});
