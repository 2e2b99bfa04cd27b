import { describe, expect, test } from 'vitest';
import { figure, markdownOf, textOf } from './output/table.ts';
import { readOptions } from './sync/options.ts';
import { barPlot, linePlot, ticks } from './sync/output/svg.ts';

describe('plots', () => {
  test('are whole, and name what they show', () => {
    const points = [0, 1, 2, 10].map((sec) => [sec, sec * 2 - 3] as const);
    const svg = linePlot({ title: 'A & B', name: 'a', series: [{ label: 'Ana − Ben', points }] });
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('Ana − Ben');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    // A gap in time is a gap in the line.
    expect(/d="[^"]*"/.exec(svg)?.[0].match(/M/g)).toHaveLength(2);
  });

  test('of nothing are empty, not broken', () => {
    expect(linePlot({ title: 'none', name: 'none', series: [] })).not.toContain('NaN');
  });

  test('compare on a scale where small and large are both seen', () => {
    const bars = [
      { label: 'ours', medianMs: 0.1, p95Ms: 0.4 },
      { label: 'theirs', medianMs: 40, p95Ms: 90 },
    ];
    const widths = [...barPlot('compared', bars).matchAll(/width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(Math.min(...widths)).toBeGreaterThan(0);
    expect(Math.max(...widths)).toBeLessThan(900);
  });

  test('have round ticks', () => {
    expect(ticks(-3, 17)).toEqual([0, 5, 10, 15]);
    expect(ticks(0, 0.9)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  });
});

describe('tables', () => {
  const table = { title: 'T', columns: ['A', 'B|'], rows: [['long cell', '1']] };
  test('are the same in a terminal and as markdown', () => {
    expect(textOf(table)).toBe('T\nA          B|\nlong cell  1\n');
    expect(markdownOf(table)).toContain('| A | B\\| |\n| --- | --- |\n| long cell | 1 |');
  });
  test('show what is not known as a dash', () => {
    expect([figure(NaN), figure(null), figure(0.123), figure(123.4)]).toEqual(['–', '–', '0.12', '123.4']);
  });
});

describe('the command line', () => {
  const read = (...args: string[]) => readOptions(args, ['steady', 'join'], ['steady']);
  test('may say nothing', () => {
    expect(read()).toMatchObject({ run: { scenarios: ['steady'], seconds: null, baselines: true } });
  });
  test('names scenarios and figures', () => {
    const command = read('--scenario', 'join,steady', '--seconds', '5', '--trials', '3', '--no-baselines');
    expect(command).toMatchObject({
      run: { scenarios: ['join', 'steady'], seconds: 5, trials: 3, baselines: false },
    });
  });
  test.each([['--scenario', 'other'], ['--seconds', 'x'], ['--trials', '1.5'], ['--nonsense']])(
    'is answered by what to do: %s %s',
    (...args) => {
      expect(read(...args)).toHaveProperty('problem');
    },
  );
});
