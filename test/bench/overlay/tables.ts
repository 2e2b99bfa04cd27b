import { figure, type Table } from '../output/table.ts';
import type { Check } from './calibration.ts';
import type { Comparison, Costs } from './compare.ts';

/** What is worth reading first; results.json has the rest. "more" is the median of the rounds, and its range. */
export function tablesOf(
  costs: readonly { variant: string; figures: Costs }[],
  checks: readonly Check[],
): Table[] {
  const tables: Table[] = [
    {
      title: 'Time of the processor (ms in each second, of one core)',
      columns: ['Variant', 'Rounds', 'Page', 'Extension', 'Browser in all', 'More', 'Times'],
      rows: costs.map(({ variant, figures: { cpuPage, cpuExtension, cpuAll } }) => [
        ...[variant, String(cpuAll.rounds)],
        ...[cpuPage.median, cpuExtension.median, cpuAll.median].map(figure),
        ...[moreOf(cpuAll), figure(cpuAll.times)],
      ]),
    },
    {
      title: 'Memory (MiB)',
      columns: ['Variant', 'Rounds', 'Page', 'Extension', 'Browser in all', 'More', 'Times'],
      rows: costs.map(({ variant, figures: { memoryPage, memoryExtension, memoryAll } }) => [
        ...[variant, String(memoryAll.rounds)],
        ...[memoryPage.median, memoryExtension.median, memoryAll.median].map(figure),
        ...[moreOf(memoryAll), figure(memoryAll.times)],
      ]),
    },
    {
      title: 'Frames dropped and long tasks of the page (per minute)',
      columns: ['Variant', 'Rounds', 'Dropped', 'More', 'Long tasks', 'More long tasks'],
      rows: costs.map(({ variant, figures: { dropped, longTasks } }) => [
        ...[variant, String(dropped.rounds), figure(dropped.median), moreOf(dropped)],
        ...[figure(longTasks.median), moreOf(longTasks)],
      ]),
    },
    {
      title: 'What is found of what was put in',
      columns: ['Variant', 'Figure', 'Unit', 'Put in', 'Found'],
      rows: checks.map(({ variant, figure: name, unit, putIn, found }) => [
        ...[variant, name, unit, figure(putIn), rangeOf(found)],
      ]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

const moreOf = ({ more }: Comparison) => rangeOf(more);

function rangeOf({ median, least, most }: Comparison['more']): string {
  return `${figure(median)} (${figure(least)} to ${figure(most)})`;
}
