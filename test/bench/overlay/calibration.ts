import { median } from '../statistics.ts';
import { compare, FIGURES, type Figure } from './compare.ts';
import type { Span } from './span.ts';
import { VARIANTS } from './variants.ts';

/** What was put into a page on purpose, and what the bench found of it. */
export interface Check {
  variant: string;
  figure: string;
  unit: string;
  putIn: number;
  found: { median: number; least: number; most: number };
}

const timed = ({ putInMs, seconds }: Span) => putInMs / seconds;
const tasks = ({ putInLong, seconds }: Span) => (putInLong * 60) / seconds;
const held = ({ variant }: Span) => VARIANTS.find(({ name }) => name === variant)?.putIn?.holdMib ?? 0;
const nothing = () => 0;

const CHECKS: readonly { variant: string; figure: Figure; putIn: (span: Span) => number }[] = [
  ...[FIGURES.cpuPage, FIGURES.cpuAll, FIGURES.memoryAll, FIGURES.dropped].map((figure) => ({
    ...{ variant: 'again', figure, putIn: nothing },
  })),
  { variant: 'spin', figure: FIGURES.cpuPage, putIn: timed },
  { variant: 'spin', figure: FIGURES.memoryPage, putIn: held },
  { variant: 'long-tasks', figure: FIGURES.longTasks, putIn: tasks },
  { variant: 'long-tasks', figure: FIGURES.cpuPage, putIn: timed },
  { variant: 'layout', figure: FIGURES.cpuPage, putIn: timed },
  {
    variant: 'halted',
    figure: FIGURES.dropped,
    putIn: ({ haltedFrames, seconds }) => (haltedFrames * 60) / seconds,
  },
];

export function checksOf(spans: readonly Span[]): Check[] {
  return CHECKS.flatMap(({ variant, figure, putIn }) => {
    const own = spans.filter((span) => span.variant === variant);
    if (own.length === 0) return [];
    const { more, unit } = compare(spans, variant, figure);
    return { variant, figure: figure.name, unit, putIn: median(own.map(putIn)), found: more };
  });
}
