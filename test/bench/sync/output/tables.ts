import { figure, percent, type Table } from '../../output/table.ts';
import type { CheckRow, ErrorRow, Outcome, SettleRow } from '../outcome.ts';

interface Named {
  name: string;
  outcome: Outcome;
}

/** What is worth reading first; results.json has the rest. */
export function tablesOf(results: readonly Named[]): Table[] {
  const rowsOf = <R>(pick: (outcome: Outcome) => readonly R[] | undefined, cells: (row: R) => string[]) =>
    results.flatMap(({ name, outcome }) => (pick(outcome) ?? []).map((row) => [name, ...cells(row)]));
  const tables: Table[] = [
    {
      title: 'How far apart (ms, all pairs, all samples)',
      columns: [
        ...['Scenario', 'Variant', 'Player', 'Ruler', 'Median', 'p95', 'p99', 'Max', 'Bias', 'To room p95'],
        ...['Samples', 'Unseen', 'Seeks/min', 'Rates/min', 'Max |rate−1|', 'Dropped', 'Cores'],
      ],
      rows: rowsOf(({ errors }) => errors, errorCells),
    },
    {
      title: 'From an act until all stay together (ms)',
      columns: ['Scenario', 'Act', 'Player', 'Within ms', 'Trials', 'p50', 'p95', 'Max', 'Never'],
      rows: rowsOf(({ settling }) => settling, settleCells),
    },
    {
      title: 'What the rulers find of what was put in',
      columns: ['Scenario', 'Check', 'Ruler', 'Put in', 'Found', 'Unit', 'Remarks'],
      rows: rowsOf(({ checks }) => checks, checkCells),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function errorCells(row: ErrorRow): string[] {
  const { pairs, ideal, effort, cpuCores } = row;
  return [
    ...[row.variant, row.player, row.ruler],
    ...[pairs.medianMs, pairs.p95Ms, pairs.p99Ms, pairs.maxMs, row.biasMs, ideal?.p95Ms].map(figure),
    String(pairs.samples),
    String(row.unseen),
    figure(effort?.seeksPerMin),
    figure(effort?.rateWritesPerMin),
    percent(effort?.maxRateOff),
    percent(effort?.droppedPart),
    figure(cpuCores),
  ];
}

function settleCells(row: SettleRow): string[] {
  const { variant, player, withinMs, trials, p50Ms, p95Ms, maxMs, never } = row;
  const whole = (ms: number) => (Number.isFinite(ms) ? ms.toFixed(0) : 'never');
  return [
    variant,
    player,
    String(withinMs),
    String(trials),
    whole(p50Ms),
    whole(p95Ms),
    whole(maxMs),
    String(never),
  ];
}

function checkCells({ check, ruler, injected, recovered, unit, details }: CheckRow): string[] {
  return [check, ruler, figure(injected), figure(recovered), unit, details ?? ''];
}
