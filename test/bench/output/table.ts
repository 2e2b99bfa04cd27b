export interface Table {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

export function markdownOf({ title, columns, rows }: Table): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [`## ${title}`, '', line(columns), line(columns.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** For a terminal: columns of equal width. */
export function textOf({ title, columns, rows }: Table): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((cells) => cells[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [title, line(columns), ...rows.map(line), ''].join('\n');
}

export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

export function percent(part: number | undefined): string {
  return part === undefined || Number.isNaN(part) ? '–' : `${(part * 100).toFixed(2)} %`;
}
