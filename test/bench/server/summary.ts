import { figure, percent, type Table } from '../output/table.ts';
import { median } from '../statistics.ts';
import type { Span, Target } from './span.ts';

const NAMES: Record<Target, string> = { relay: 'bare relay', this: 'this checkout', other: 'the other' };

/** Ratios of the spans of one round: what the machine did meanwhile it did to both. */
export function ratios(
  spans: readonly Span[],
  of: Target,
  to: Target,
  figureOf: (span: Span) => number,
): number[] {
  return spans
    .filter(({ target }) => target === of)
    .flatMap((span) => {
      const other = spans.find(({ target, round }) => target === to && round === span.round);
      return other ? [figureOf(span) / figureOf(other)] : [];
    });
}

export function summarize(spans: readonly Span[]) {
  const perCpu = (span: Span) => span.deliveriesPerCpuSec;
  const share = (span: Span) => span.cpuShare;
  const targets = (['relay', 'this', 'other'] as const).filter((name) =>
    spans.some(({ target }) => target === name),
  );
  return targets.map((target) => {
    const own = spans.filter((span) => span.target === target);
    const compared = (to: Target) => ({
      deliveriesPerCpuSec: median(ratios(spans, target, to, perCpu)),
      cpuShare: median(ratios(spans, target, to, share)),
    });
    return {
      target,
      deliveriesPerCpuSec: median(own.map(perCpu)),
      deliveriesPerSec: median(own.map((span) => span.deliveriesPerSec)),
      cpuShare: median(own.map(share)),
      delivered: median(own.map((span) => span.delivered)),
      toRelay: compared('relay'),
      ...(target === 'this' && targets.includes('other') && { toOther: compared('other') }),
    };
  });
}

export type Summary = ReturnType<typeof summarize>;

export function tableOf(summary: Summary): Table {
  return {
    title: 'What a delivery costs',
    columns: [
      'server',
      'deliveries per CPU second',
      'of the relay',
      'a second',
      'share of a core at the fixed rate',
      'times the relay',
      'delivered',
    ],
    rows: summary.map((each) => [
      NAMES[each.target],
      each.deliveriesPerCpuSec.toFixed(0),
      percent(each.toRelay.deliveriesPerCpuSec),
      each.deliveriesPerSec.toFixed(0),
      percent(each.cpuShare),
      figure(each.toRelay.cpuShare),
      percent(each.delivered),
    ]),
  };
}

export function sentenceOf(summary: Summary): string {
  const own = summary.find(({ target }) => target === 'this');
  if (!own) return 'Nothing was measured.';
  const toRelay = `${percent(own.toRelay.deliveriesPerCpuSec)} of the relay's deliveries per CPU second`;
  if (!own.toOther) return `${toRelay}.`;
  const { deliveriesPerCpuSec, cpuShare } = own.toOther;
  return `${toRelay}; ${figure(deliveriesPerCpuSec)} times those of the other, and ${figure(cpuShare)} times its share of a core.`;
}
