import { describe, expect, test } from 'vitest';
import { checksOf } from './overlay/calibration.ts';
import { compareAll } from './overlay/compare.ts';
import { readOptions } from './overlay/options.ts';
import type { Span } from './overlay/span.ts';
import { tablesOf } from './overlay/tables.ts';
import { costBetween } from './overlay/usage.ts';
import { textOf } from './output/table.ts';

const span = (variant: string, round: number, cpu: number, extra: Partial<Span> = {}): Span => ({
  ...{ variant, round, seconds: 10, frames: 300, droppedFrames: 0, longTasks: 0 },
  ...{ putInMs: 0, putInLong: 0, haltedFrames: 0 },
  cpuMsPerSec: { page: cpu, extension: 0, rest: 50 },
  memoryMib: { page: 100, extension: 0, rest: 200 },
  ...extra,
});

describe('what it costs', () => {
  // A machine that gets slower from round to round, as one that warms up does.
  const spans = [10, 20, 40].flatMap((slow, round) => [
    span('page', round, slow),
    span('folded', round, slow + 3, { droppedFrames: round === 2 ? 4 : 0 }),
  ]);

  test('is told round by round, so that what slows the machine is not taken for ours', () => {
    const { cpuPage, cpuAll } = compareAll(spans, 'folded');
    expect(cpuPage.more).toEqual({ median: 3, least: 3, most: 3 });
    expect(cpuAll.times).toBeCloseTo(73 / 70, 9);
  });

  test('hides no frame that was dropped in one round only', () => {
    expect(compareAll(spans, 'folded').dropped.more).toEqual({ median: 0, least: 0, most: 24 });
  });

  test('has no ratio to nothing', () => {
    expect(compareAll(spans, 'folded').cpuExtension.times).toBeNull();
  });

  test('is written with its range', () => {
    const costs = [{ variant: 'folded', figures: compareAll(spans, 'folded') }];
    const text = tablesOf(costs, []).map(textOf).join('\n');
    expect(text).toContain('3.00 (3.00 to 3.00)');
    expect(text).toContain('0.00 (0.00 to 24.0)');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});

test('processes are told apart by what they are for, and one that is new counts from its beginning', () => {
  const process = (pid: number, role: 'page' | 'extension', cpuSec: number) => ({
    ...{ pid, role, cpuSec, type: 'renderer' },
  });
  const before = [process(1, 'page', 1)];
  const after = [process(1, 'page', 1.5), process(2, 'extension', 0.2)];
  const memory = new Map([[2, 2 ** 20]]);
  const cost = costBetween(before, after, 10, memory);
  expect(cost.cpuMsPerSec).toEqual({ page: 50, extension: 20, rest: 0 });
  expect(cost.memoryMib).toEqual({ page: 0, extension: 1, rest: 0 });
});

test('what was put in stands beside what was found', () => {
  const putIn = { putInMs: 500, memoryMib: { page: 151, extension: 0, rest: 200 } };
  const checks = checksOf([span('page', 1, 10), span('spin', 1, 61, putIn)]);
  expect(checks.map(({ putIn: size, found }) => [size, found.median])).toEqual([
    [50, 51],
    [50, 51],
  ]);
});

describe('the command line', () => {
  const read = (...args: string[]) => readOptions(args, ['page', 'folded', 'spin'], 'page');
  test('always measures what the others are compared with', () => {
    expect(read('--variant', 'folded')).toMatchObject({ run: { variants: ['page', 'folded'] } });
    expect(read()).toMatchObject({ run: { variants: ['page', 'folded', 'spin'] } });
  });
  test('has a short way, of which parts can be said otherwise', () => {
    expect(read('--short', '--seconds', '9')).toMatchObject({ run: { rounds: 1, seconds: 9 } });
  });
  test.each([['--variant', 'other'], ['--seconds', '500'], ['--rounds', '0.5'], ['--nonsense']])(
    'is answered by what to do: %s %s',
    (...args) => expect(read(...args)).toHaveProperty('problem'),
  );
});
