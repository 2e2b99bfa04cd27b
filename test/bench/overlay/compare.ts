import { median } from '../statistics.ts';
import type { Span } from './span.ts';
import { BASE } from './variants.ts';

export interface Figure {
  name: string;
  unit: string;
  of: (span: Span) => number;
}

const sum = (parts: Record<string, number>) => Object.values(parts).reduce((total, part) => total + part, 0);
const perMin = (count: number, { seconds }: Span) => (count * 60) / seconds;

export const FIGURES = {
  cpuPage: { name: 'CPU of the page', unit: 'ms/s', of: ({ cpuMsPerSec }) => cpuMsPerSec.page },
  cpuExtension: {
    name: 'CPU of the extension',
    unit: 'ms/s',
    of: ({ cpuMsPerSec }) => cpuMsPerSec.extension,
  },
  cpuAll: { name: 'CPU of the browser', unit: 'ms/s', of: ({ cpuMsPerSec }) => sum(cpuMsPerSec) },
  memoryPage: { name: 'Memory of the page', unit: 'MiB', of: ({ memoryMib }) => memoryMib.page },
  memoryExtension: {
    name: 'Memory of the extension',
    unit: 'MiB',
    of: ({ memoryMib }) => memoryMib.extension,
  },
  memoryAll: { name: 'Memory of the browser', unit: 'MiB', of: ({ memoryMib }) => sum(memoryMib) },
  dropped: { name: 'Frames dropped', unit: '/min', of: (span) => perMin(span.droppedFrames, span) },
  longTasks: { name: 'Long tasks', unit: '/min', of: (span) => perMin(span.longTasks, span) },
} satisfies Record<string, Figure>;

export interface Comparison {
  unit: string;
  rounds: number;
  /** Of the rounds. */
  median: number;
  /** Against the base in the same round. */
  more: { median: number; least: number; most: number };
  /** Of the ratios to the base in the same round; `null` where the base has none of it. */
  times: number | null;
}

export type Costs = Record<keyof typeof FIGURES, Comparison>;

export function compareAll(spans: readonly Span[], variant: string): Costs {
  const entries = Object.entries(FIGURES).map(([key, figure]) => [key, compare(spans, variant, figure)]);
  // Every figure has its entry; `fromEntries` cannot say so.
  return Object.fromEntries(entries) as Costs;
}

/** One figure of one variant, each round beside the base's of that round, so that what the machine does to both cancels. */
export function compare(spans: readonly Span[], variant: string, figure: Figure): Comparison {
  const bases = new Map(spans.filter(({ variant: name }) => name === BASE).map((span) => [span.round, span]));
  const pairs = spans.flatMap((span) => {
    const base = bases.get(span.round);
    return span.variant === variant && base ? [{ own: figure.of(span), base: figure.of(base) }] : [];
  });
  const more = pairs.map(({ own, base }) => own - base);
  const times = pairs.map(({ own, base }) => own / base).filter(Number.isFinite);
  return {
    unit: figure.unit,
    rounds: pairs.length,
    median: median(pairs.map(({ own }) => own)),
    more: { median: median(more), least: Math.min(...more), most: Math.max(...more) },
    times: times.length < pairs.length ? null : median(times),
  };
}
