import { styleText } from 'node:util';

export interface Row {
  member: string;
  state: string;
  positionSec: number;
  /** As the extension measures it, against the room. */
  driftMs: number | null;
  /** As the demo measures it, against the first member. */
  apartMs: number | null;
  rttMs: number | null;
  rateWrites: number;
  seeks: number;
}

const COLUMNS: readonly [title: string, width: number, cell: (row: Row) => string][] = [
  ['Member', -8, ({ member }) => member],
  ['State', -11, ({ state }) => state],
  ['Position', 9, ({ positionSec }) => clock(positionSec)],
  ['Drift ms', 10, ({ driftMs }) => signed(driftMs)],
  ['Apart ms', 10, ({ apartMs }) => signed(apartMs)],
  ['Round trip ms', 15, ({ rttMs }) => rttMs?.toFixed(1) ?? '–'],
  ['Rate writes', 13, ({ rateWrites }) => String(rateWrites)],
  ['Seeks', 7, ({ seeks }) => String(seeks)],
];

export const LEGEND = [
  'Drift: from the room’s timeline, as the extension measures it.',
  'Apart: from Ana, as the demo reads it off both films at once.',
  'Rate writes, seeks: the extension’s corrections; what people do is not counted.',
];

/** A header and a line for each row, all of one width. */
export function tableLines(rows: readonly Row[]): string[] {
  const line = (cellOf: (column: (typeof COLUMNS)[number]) => string) =>
    COLUMNS.map((column) => fit(cellOf(column), column[1])).join(' ');
  return [
    styleText(
      'bold',
      line(([title]) => title),
    ),
    ...rows.map((row) => line(([, , cell]) => cell(row))),
  ];
}

/** To the left for a negative width, else to the right. */
function fit(text: string, width: number): string {
  return width < 0 ? text.slice(0, -width).padEnd(-width) : text.padStart(width);
}

function clock(sec: number): string {
  const whole = Math.floor(sec / 60);
  return `${whole}:${(sec - whole * 60).toFixed(3).padStart(6, '0')}`;
}

/** With its sign, or a dash for what is not known. */
export function signed(ms: number | null): string {
  if (ms === null) return '–';
  const text = Math.abs(ms).toFixed(1);
  if (text === '0.0') return text;
  return (ms > 0 ? '+' : '−') + text;
}
