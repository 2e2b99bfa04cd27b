import type { Plot } from '../outcome.ts';

const SIZE = { width: 900, height: 360 };
const MARGIN = { left: 64, right: 20, top: 54, bottom: 40 };
/** To be told apart on white and on black, also by those who do not see red and green as two. */
const COLOURS = ['#3b82f6', '#d97706', '#0f9d8a', '#c026d3', '#64748b', '#dc2626'];
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #333 }
  .title { font-size: 14px; font-weight: 600 }
  .grid { stroke: #8884; stroke-width: 1 }
  .zero { stroke: #888; stroke-width: 1 }
  path { fill: none; stroke-width: 1.2; stroke-linejoin: round }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } }`;

const MOST_STRETCHES = 800;

type Scale = (value: number) => number;

/** Lines over time, in milliseconds over seconds. */
export function linePlot({ title, series }: Plot): string {
  const points = series.flatMap((each) => each.points);
  const [fromX, toX] = rangeOf(points.map(([x]) => x));
  const [fromY, toY] = rangeOf([0, ...points.map(([, y]) => y)]);
  const x = scale(fromX, toX, MARGIN.left, SIZE.width - MARGIN.right);
  const y = scale(fromY, toY, SIZE.height - MARGIN.bottom, MARGIN.top);
  const lines = series.map(
    ({ points }, index) => `<path fill="none" stroke="${colour(index)}" d="${pathOf(points, x, y)}"/>`,
  );
  const legend = series.map(
    ({ label }, index) =>
      `<text x="${MARGIN.left + index * 150}" y="42"><tspan style="fill:${colour(index)}">■</tspan> ${escape(label)}</text>`,
  );
  return svg(title, [
    ...ticks(fromY, toY).map((value) => gridLine(value, y(value), `${value} ms`)),
    ...ticks(fromX, toX).map(
      (value) => `<text x="${x(value)}" y="${SIZE.height - 18}" text-anchor="middle">${value} s</text>`,
    ),
    ...lines,
    ...legend,
  ]);
}

export interface Bar {
  label: string;
  medianMs: number;
  p95Ms: number;
}

/** One bar for each player, to p95 and, darker, to the median, on a logarithmic scale, since they differ that much. */
export function barPlot(title: string, bars: readonly Bar[]): string {
  const all = bars.flatMap(({ medianMs, p95Ms }) => [medianMs, p95Ms]).filter((ms) => ms > 0);
  const from = Math.floor(Math.log10(Math.min(1, ...all)));
  const to = Math.ceil(Math.log10(Math.max(10, ...all)));
  const left = 160;
  const x = scale(from, to, left, SIZE.width - 140);
  const rowHeight = (SIZE.height - MARGIN.top - MARGIN.bottom) / Math.max(1, bars.length);
  const widthTo = (ms: number) => Math.max(1, x(Math.log10(Math.max(ms, 10 ** from))) - left);
  const rows = bars.flatMap(({ label, medianMs, p95Ms }, index) => {
    const top = MARGIN.top + index * rowHeight + rowHeight * 0.15;
    const height = rowHeight * 0.7;
    const middle = top + height / 2 + 4;
    const rect = (ms: number, opacity: number) =>
      `<rect x="${left}" y="${top}" width="${round(widthTo(ms))}" height="${round(height)}" fill="${colour(index)}" fill-opacity="${opacity}"/>`;
    return [
      rect(p95Ms, 0.45),
      rect(medianMs, 1),
      `<text x="${left - 8}" y="${round(middle)}" text-anchor="end">${escape(label)}</text>`,
      `<text x="${round(left + widthTo(p95Ms) + 8)}" y="${round(middle)}">${medianMs.toFixed(2)} / ${p95Ms.toFixed(2)} ms</text>`,
    ];
  });
  const decades = Array.from({ length: to - from + 1 }, (_, index) => from + index).map(
    (power) =>
      `<text x="${round(x(power))}" y="${SIZE.height - 18}" text-anchor="middle">${10 ** power} ms</text>`,
  );
  return svg(title, [...rows, ...decades]);
}

function svg(title: string, parts: readonly string[]): string {
  const { width, height } = SIZE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">`,
    `<style>${STYLE}</style>`,
    `<text class="title" x="${MARGIN.left}" y="22">${escape(title)}</text>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function gridLine(value: number, at: number, label: string): string {
  const line = `<line class="${value === 0 ? 'zero' : 'grid'}" x1="${MARGIN.left}" x2="${SIZE.width - MARGIN.right}" y1="${round(at)}" y2="${round(at)}"/>`;
  return `${line}<text x="${MARGIN.left - 8}" y="${round(at + 4)}" text-anchor="end">${label}</text>`;
}

/** A gap in time is a gap in the line. */
function pathOf(points: Plot['series'][number]['points'], x: Scale, y: Scale): string {
  let beforeSec = -Infinity;
  return thinned(points)
    .map(([sec, ms]) => {
      const command = sec - beforeSec > 2.5 ? 'M' : 'L';
      beforeSec = sec;
      return `${command}${round(x(sec))},${round(y(ms))}`;
    })
    .join('');
}

/** Of many points as many as can be seen: of each stretch the lowest and the highest, so that no error is hidden. */
export function thinned(points: Plot['series'][number]['points']): Plot['series'][number]['points'] {
  const each = Math.ceil(points.length / MOST_STRETCHES);
  if (each <= 2) return points;
  const kept: (readonly [sec: number, ms: number])[] = [];
  for (let from = 0; from < points.length; from += each) {
    const byHeight = points.slice(from, from + each).toSorted(([, a], [, b]) => a - b);
    const ends = [byHeight[0], byHeight.at(-1)].flatMap((point) => (point ? [point] : []));
    kept.push(...ends.toSorted(([a], [b]) => a - b));
  }
  return kept;
}

/** Four to ten round values within the range. */
export function ticks(from: number, to: number): number[] {
  const rough = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Not by spreading: there may be too many. */
function rangeOf(values: readonly number[]): [from: number, to: number] {
  let from = Infinity;
  let to = -Infinity;
  for (const value of values) {
    from = Math.min(from, value);
    to = Math.max(to, value);
  }
  if (!Number.isFinite(from)) return [0, 1];
  return from === to ? [from - 0.5, to + 0.5] : [from, to];
}

function scale(from: number, to: number, start: number, end: number): Scale {
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#888';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
