import { figure, type Table } from '../output/table.ts';
import { figuresOf } from '../statistics.ts';
import type { DecodeCosts } from './decode-cost.ts';
import type { Measured, Span } from './span.ts';

const CHECKOUTS = { this: 'this checkout', other: 'the other' } as const;

/** An act that never arrived took longer than any that did. */
const LOST_MS = 15_000;

function pooled(spans: readonly Measured[]) {
  const all = spans.flatMap(({ latenciesMs, lost }) => [
    ...latenciesMs,
    ...Array<number>(lost).fill(LOST_MS),
  ]);
  const { medianMs, p99Ms, samples } = figuresOf(all);
  const echo = figuresOf(spans.flatMap(({ echoesMs }) => echoesMs));
  const cpus = spans.flatMap(({ serverCpu }) => serverCpu ?? []);
  return {
    samples,
    medianMs,
    p99Ms,
    lost: spans.reduce((sum, { lost }) => sum + lost, 0),
    echoP99Ms: echo.p99Ms,
    serverCpu: cpus.reduce((sum, cpu) => sum + cpu, 0) / cpus.length,
  };
}

export function summarize(spans: readonly Span[]) {
  const names = [...new Set(spans.map(({ attack }) => attack))];
  return names.flatMap((attack) =>
    (['this', 'other'] as const).flatMap((checkout) => {
      const own = spans.filter((span) => span.attack === attack && span.checkout === checkout);
      if (own.length === 0) return [];
      const quiet = pooled(own.map((span) => span.quiet));
      const attacked = pooled(own.map((span) => span.attacked));
      const ratio = { median: attacked.medianMs / quiet.medianMs, p99: attacked.p99Ms / quiet.p99Ms };
      const sent = own.map((span) => span.sent);
      const crashes = own.flatMap(({ crashed }) => crashed ?? []);
      return [
        { attack, checkout, quiet, attacked, ratio, sent, crashes, rssMb: own.map(({ rssMb }) => rssMb) },
      ];
    }),
  );
}
export type Summary = ReturnType<typeof summarize>;

export function tableOf(summary: Summary): Table {
  return {
    title: 'A calm room beside strangers: act to delivery, ms',
    columns: [
      'attack',
      'server',
      'quiet p50',
      'p99',
      'attacked p50',
      'p99',
      'times p99',
      'lost',
      'CPU',
      'echo p99',
    ],
    rows: summary.map(({ attack, checkout, quiet, attacked, ratio, crashes }) => [
      attack,
      CHECKOUTS[checkout],
      figure(quiet.medianMs),
      figure(quiet.p99Ms),
      figure(attacked.medianMs),
      figure(attacked.p99Ms),
      figure(ratio.p99),
      crashes.length > 0 ? 'crashed' : String(attacked.lost),
      figure(attacked.serverCpu),
      figure(attacked.echoP99Ms),
    ]),
  };
}

export interface Decoding {
  checkout: 'this' | 'other';
  costs: DecodeCosts;
}

/** The dearest frame of each shape. */
export function decodingTable(decodings: readonly Decoding[]): Table {
  const rows = decodings.flatMap(({ checkout, costs }) => {
    const shapes = [...new Set(costs.map(({ shape }) => shape))];
    return shapes.flatMap((shape) => {
      const [worst] = costs
        .filter((cost) => cost.shape === shape)
        .toSorted((a, b) => b.decodeMs - a.decodeMs);
      return worst ? [{ checkout, ...worst }] : [];
    });
  });
  return {
    title: 'What the worst frames cost to decode, ms of CPU',
    columns: ['shape', 'server', 'dearest in', 'decode', 'of which JSON.parse'],
    rows: rows.map(({ shape, checkout, place, decodeMs, parseMs }) => [
      shape,
      CHECKOUTS[checkout],
      place,
      figure(decodeMs),
      figure(parseMs),
    ]),
  };
}

export function sentenceOf(summary: Summary): string {
  const own = summary
    .filter(({ checkout }) => checkout === 'this')
    .toSorted((a, b) => b.ratio.p99 - a.ratio.p99);
  const [worst] = own;
  if (!worst) return 'Nothing was measured.';
  const { attack, ratio, attacked } = worst;
  const crashed = own.filter(({ crashes }) => crashes.length > 0).map((each) => each.attack);
  const end = crashed.length > 0 ? ` The server ended under ${crashed.join(', ')}.` : '';
  return `Worst is "${attack}": p99 ${figure(attacked.p99Ms)} ms, ${figure(ratio.p99)} times the quiet.${end}`;
}
