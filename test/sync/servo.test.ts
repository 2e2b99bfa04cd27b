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
/** The state on the timeline: only inaudible corrections. */
const onTimeline: ServoState = {
  ...SERVO_START,
  rateControl: { ...SERVO_START.rateControl, catchingUp: false },
};
const seekOnly = { rate: false, seekToleranceSec: 0 };

describe('the servo while the room plays', () => {
  it('The servo leaves a player within 0.8 ms alone.', () => {
    expect(step({ positionSec: 100.0007 }).command).toEqual({});
    expect(step({ positionSec: 99.9993 }).command).toEqual({});
  });

  it.each([
    [99.998, 1.0021],
    [100.01, 0.995],
    [99.98, 1.005],
    [100.05, 0.97],
  ])('On the timeline, a player at %d s for 100 s gets an inaudible rate.', (positionSec, rate) => {
    expect(step({ positionSec, state: onTimeline }).command).toEqual({
      rate: expect.closeTo(rate, 6) as number,
    });
  });

  it.each([
    [99.98, 1.05],
    [99.9, 1.08],
    [100.2, 0.92],
  ])('While it catches up, a player at %d s for 100 s gets a larger rate.', (positionSec, rate) => {
    expect(step({ positionSec }).command).toEqual({ rate: expect.closeTo(rate, 6) as number });
  });

  it('The servo writes no rate that the player already has.', () => {
    const { rate = 0 } = step({ positionSec: 100.0021 }).command;
    expect(step({ positionSec: 100.0021, rate }).command).toEqual({});
  });

  it('The correction is relative to the rate that the room chose.', () => {
    expect(step({ positionSec: 99.99, roomRate: 2, state: onTimeline }).command.rate).toBeCloseTo(2.01, 6);
  });

  it('A correction ends at 0.2 ms and returns to the chosen rate.', () => {
    const correcting = { ...onTimeline, rateControl: { ...onTimeline.rateControl, correcting: true } };
    expect(step({ positionSec: 99.9996, state: correcting }).command.rate).toBeGreaterThan(1);
    expect(step({ positionSec: 99.99985, rate: 1.003, state: correcting }).command).toEqual({ rate: 1 });
  });

  it('The servo learns how slow a player’s clock is and adds that to each correction.', () => {
    let state = onTimeline;
    let positionSec = 100;
    let rate = 1;
    const corrections: number[] = [];
    for (let atMs = 0; atMs < 300_000; atMs += 100) {
      const next = step({ nowMs: atMs, targetSec: 100 + atMs / 1000, positionSec, rate, state });
      if (next.state.rateControl.correcting && !state.rateControl.correcting) corrections.push(atMs);
      state = next.state;
      rate = next.command.rate ?? rate;
      // 80 ppm slow
      positionSec += rate * 0.1 * (1 - 80e-6);
    }
    expect(state.rateControl.drift * 1e6).toBeGreaterThan(60);
    expect(corrections.filter((atMs) => atMs > 150_000).length).toBeLessThan(5);
  });

  it('The servo seeks only where the rate would take too long.', () => {
    expect(step({ positionSec: 99.76 }).command.seekToSec).toBeUndefined();
    expect(step({ positionSec: 99.74 }).command.seekToSec).toBeCloseTo(100.05, 6);
  });

  it('The servo sends no command to a player that is seeking.', () => {
    expect(step({ positionSec: 5, seeking: true })).toMatchObject({ command: {}, driftSec: null });
  });

  it('The servo does not trust the clock of a player that was just sought or stalls.', () => {
    const jumped = { ...SERVO_START, settleUntilMs: 50_001 };
    expect(step({ positionSec: 99.9, state: jumped }).command).toEqual({});
    expect(step({ positionSec: 99.9, ready: false }).command).toEqual({});
  });

  it('A stalled video may wait for its data for 3 s before it is sought.', () => {
    const { state } = step({ positionSec: 100, state: onTimeline });
    const stalled = step({ positionSec: 100, targetSec: 100.1, ready: false, nowMs: 50_100, state }).state;
    const at = (nowMs: number, targetSec: number) =>
      step({ positionSec: 100, targetSec, ready: false, nowMs, state: stalled }).command;
    expect(at(52_900, 102.9)).toEqual({});
    expect(at(53_200, 103.2)).toEqual({ seekToSec: 103.25 });
  });

  it('The servo starts a paused player.', () =>
    expect(step({ paused: true }).command).toEqual({ play: true }));

  it('The servo starts and seeks at once when the player is far off.', () => {
    expect(step({ paused: true, positionSec: 0 }).command).toEqual({ play: true, seekToSec: 100.05 });
  });
});

describe('the servo’s seeks', () => {
  it('The wait doubles after each seek that did not help, up to 12 s.', () => {
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
  const firstLatency = SERVO_START.latency.seek.latencySec;
  const jumped = step({ positionSec: 0 }).state;

  it('A seek aims ahead by what earlier seeks missed.', () => {
    expect(step({ positionSec: 0 }).command.seekToSec).toBeCloseTo(100 + firstLatency, 6);
    const { latency } = landed(jumped, 50_600, 99.9);
    expect(latency.seek.latencySec).toBeCloseTo(firstLatency + 0.09, 6);
    const again = step({ nowMs: 60_000, positionSec: 0, state: { ...SERVO_START, latency } });
    expect(again.command.seekToSec).toBeCloseTo(100 + firstLatency + 0.09, 6);
  });

  it('The servo also learns from a seek so late that another one is needed.', () => {
    expect(landed(jumped, 50_700, 99.4).latency.seek.latencySec).toBeCloseTo(firstLatency + 0.54, 6);
  });

  it('Later seeks that miss by little change the latency little.', () => {
    const learned = { ...SERVO_START.latency, seek: { latencySec: 0.1, samples: 5 } };
    expect(landed({ ...jumped, latency: learned }, 50_600, 99.99).latency.seek.latencySec).toBeCloseTo(
      0.103,
      6,
    );
  });

  it('A player that did not start, or waited long, teaches nothing about seeks.', () => {
    const refused = landed(jumped, 50_500, 99.6);
    const stuck = step({ nowMs: 50_500, positionSec: 99, paused: true, state: jumped }).state;
    expect(landed(stuck, 52_000, 99).latency.seek.latencySec).toBe(firstLatency);
    expect(landed(jumped, 58_000, 99).latency.seek.latencySec).toBe(firstLatency);
    expect(refused.latency.seek.latencySec).toBeGreaterThan(firstLatency);
  });

  it('A gap that no seek can have left teaches nothing: a clock was set.', () => {
    expect(landed(jumped, 50_500, 99.4).latency.seek).toEqual(SERVO_START.latency.seek);
  });

  it('A seek never aims more than 3 s ahead, nor behind.', () => {
    expect(landed(jumped, 53_400, 96.7).latency.seek.latencySec).toBe(3);
    expect(landed(jumped, 51_000, 101).latency.seek.latencySec).toBe(0);
  });

  it('Until the next seek is due, the rate closes the gap.', () => {
    expect(step({ nowMs: 50_700, positionSec: 99.6, state: jumped }).command).toEqual({
      rate: expect.closeTo(1.08, 6) as number,
    });
  });
});

describe('the servo on a site without rates', () => {
  it('The servo seeks from 50 ms on, or from the site’s seek tolerance.', () => {
    expect(step({ positionSec: 99.96, can: seekOnly }).command).toEqual({});
    expect(step({ positionSec: 99.94, can: seekOnly }).command).toHaveProperty('seekToSec');
    expect(step({ positionSec: 99.5, can: { rate: false, seekToleranceSec: 1 } }).command).toEqual({});
  });

  it('Each seek aims further ahead, so that the player can wait there.', () => {
    const aim = (attempts: number) =>
      step({ positionSec: 90, can: seekOnly, state: { ...SERVO_START, seeks: { lastAtMs: 0, attempts } } });
    expect([0, 1, 2, 3, 4].map((attempts) => aim(attempts).command.seekToSec)).toEqual(
      [100.15, 100.25, 100.45, 100.85, 100.85].map((sec): unknown => expect.closeTo(sec, 6)),
    );
    expect(step({ positionSec: 90 }).command.seekToSec).toBeCloseTo(100.05, 6);
  });

  it('The latency of a seek is learned against the position it aimed at.', () => {
    const sought = step({ positionSec: 90, can: seekOnly }).state;
    const landed = step({ positionSec: 100.1, can: seekOnly, nowMs: 50_600, state: sought });
    expect(landed.state.latency.seek).toEqual({ latencySec: expect.closeTo(0.05, 6) as number, samples: 1 });
  });

  it('A player that is ahead by 50 ms to 1 s pauses to sync, and is sought beyond.', () => {
    expect(step({ positionSec: 100.04, can: seekOnly }).command).toEqual({});
    expect(step({ positionSec: 100.06, can: seekOnly }).command).toEqual({ pauseToSync: true });
    expect(step({ positionSec: 100.99, can: seekOnly }).command).toEqual({ pauseToSync: true });
    expect(step({ positionSec: 101.01, can: seekOnly }).command).toHaveProperty('seekToSec');
    expect(step({ positionSec: 101, can: { rate: false, seekToleranceSec: 2 } }).command).toEqual({
      pauseToSync: true,
    });
  });

  it('A player that paused to sync starts again when the room is there.', () => {
    const { state } = step({ positionSec: 100.6, can: seekOnly });
    const paused = { positionSec: 100.6, paused: true, can: seekOnly, state };
    expect(step(paused)).toMatchObject({ command: {}, wakeInMs: expect.closeTo(560, 6) as number });
    expect(step({ ...paused, targetSec: 100.59 }).command).toEqual({ play: true });
    const slow = { ...state, latency: { ...state.latency, start: { latencySec: 0.2, samples: 3 } } };
    expect(step({ ...paused, targetSec: 100.4, state: slow }).command).toEqual({ play: true });
  });

  it('A pause that did not help is not repeated at once.', () => {
    const { state } = step({ positionSec: 100.2, can: seekOnly });
    const again = {
      positionSec: 100.2,
      can: seekOnly,
      state: { ...state, seeks: { lastAtMs: 50_000, attempts: 4 } },
    };
    expect(step({ ...again, nowMs: 51_400 }).command).toEqual({});
    expect(step({ ...again, nowMs: 51_500 }).command).toEqual({ pauseToSync: true });
  });

  it('A player does not pause to sync where it would lose its place or never reach its end.', () => {
    expect(step({ positionSec: 100.3, can: { ...seekOnly, losesPlace: true } }).command).not.toHaveProperty(
      'pauseToSync',
    );
    expect(
      step({ positionSec: 99.5, targetSec: 99.3, durationSec: 100, can: seekOnly }).command,
    ).not.toHaveProperty('pauseToSync');
  });

  it('An apparent drift right after a start causes no seek.', () => {
    const state = { ...SERVO_START, settleUntilMs: 50_100 };
    expect(step({ positionSec: 99.92, can: seekOnly, state }).command).toEqual({});
    expect(step({ positionSec: 100.08, can: seekOnly, state }).command).toEqual({});
    expect(step({ positionSec: 99.92, can: seekOnly, state, nowMs: 50_100 }).command).toHaveProperty(
      'seekToSec',
    );
    expect(step({ positionSec: 101, can: seekOnly, state }).command).toHaveProperty('seekToSec');
  });

  it.each([true, false])('The servo never sets a rate (playing: %s).', (playing) => {
    expect(step({ playing, rate: 1, roomRate: 1.5, can: seekOnly }).command.rate).toBeUndefined();
  });

  it('The seek backoff stays while the room plays at a rate that the site lacks.', () => {
    const state = { ...SERVO_START, seeks: { lastAtMs: 0, attempts: 3 } };
    expect(step({ rate: 1, roomRate: 1.5, can: seekOnly, state }).state.seeks.attempts).toBe(3);
    expect(step({ rate: 1, can: seekOnly, state }).state.seeks.attempts).toBe(0);
  });
});

describe('the servo at the end of the video', () => {
  const end = { durationSec: 90, targetSec: 500 };
  it('The servo leaves a player that has ended alone.', () => {
    expect(step({ ...end, positionSec: 90, paused: true, ended: true }).command).toEqual({});
  });
  it('A player that stopped elsewhere is sought to the end without playing.', () => {
    expect(step({ ...end, positionSec: 40, paused: true }).command).toEqual({
      seekToSec: expect.closeTo(89.95, 6) as number,
    });
  });
  it('The video does not restart because one player ended early.', () => {
    const early = { durationSec: 90, targetSec: 89.5, positionSec: 90, paused: true, ended: true };
    expect(step({ ...early, can: seekOnly }).command).toEqual({});
  });
  it('A player that ended goes back with the room: it seeks first and plays then.', () => {
    expect(
      step({ durationSec: 90, targetSec: 10, positionSec: 90, paused: true, ended: true }).command,
    ).toEqual({
      seekToSec: 10.05,
    });
  });
});

describe('the servo before a start that lies ahead', () => {
  const waiting = { paused: true, positionSec: 100 };
  const lead = SERVO_START.latency.start.latencySec * 1000;

  it('The player waits for the start on the very frame.', () => {
    const { command, wakeInMs } = step({ ...waiting, startsInMs: 300 });
    expect(command).toEqual({});
    expect(wakeInMs).toBeCloseTo(300 - lead, 6);
    expect(step({ paused: false, positionSec: 100.4, startsInMs: 300 }).command).toEqual({
      pause: true,
      seekToSec: 100,
    });
  });

  it('The start is made earlier by the latency of the player.', () => {
    expect(step({ ...waiting, startsInMs: lead - 1 }).command).toEqual({ play: true });
  });

  it('The servo learns how long the player takes to start.', () => {
    const started = step({ ...waiting, startsInMs: lead }).state;
    // Half a second later the player is 40 ms behind.
    const late = step({ nowMs: 50_500, targetSec: 100.49, positionSec: 100.45, state: started }).state;
    expect(late.latency.start.latencySec * 1000).toBeCloseTo(lead + 36, 4);
  });

  it('A start that was made too late teaches no more than its latency.', () => {
    const late = step({ paused: true, positionSec: 100, targetSec: 100.15 }).state;
    const same = step({ nowMs: 50_500, targetSec: 100.65, positionSec: 100.49, state: late }).state;
    expect(same.latency.start.latencySec * 1000).toBeCloseTo(lead, 4);
  });

  it('A start after a seek has a latency of its own, since it is slower.', () => {
    const sought = step({ playing: false, positionSec: 5, paused: true }).state;
    const started = step({ ...waiting, nowMs: 51_000, startsInMs: 1, state: sought }).state;
    const { latency } = step({ nowMs: 51_500, targetSec: 100.5, positionSec: 100.4, state: started }).state;
    expect(latency.start).toEqual(SERVO_START.latency.start);
    expect(latency.start_after_seek.samples).toBe(1);
  });
});

describe('the servo while the room is paused', () => {
  it('The servo pauses the player on the very frame.', () => {
    expect(step({ playing: false, paused: false, positionSec: 100.03 }).command).toEqual({
      pause: true,
      seekToSec: 100,
    });
  });
  it('The servo leaves a difference of less than a frame alone.', () => {
    expect(step({ playing: false, positionSec: 100.019 }).command).toEqual({});
  });
  it('A live player that goes on elsewhere after a pause has no drift.', () => {
    const { command, driftSec } = step({
      playing: false,
      positionSec: 108,
      can: { rate: true, seekToleranceSec: Infinity },
    });
    expect(command).toEqual({});
    expect(driftSec).toBeNull();
  });
  it('The servo returns the player to the chosen rate.', () => {
    expect(step({ playing: false, rate: 1.004 }).command).toEqual({ rate: 1 });
  });
});
