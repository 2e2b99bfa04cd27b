import { format, resolveConfig } from 'prettier';
import { SITES } from '../../src/sites/index.ts';
import type { SiteRule } from '../../src/sites/site-rule.ts';

export const README = 'README.md';
const [BEGIN, END] = ['<!-- sites: written by `npm run readme:sites` -->', '<!-- /sites -->'] as const;

const COLUMNS: readonly [title: string, cell: (rule: SiteRule) => string][] = [
  ['site', ({ name }) => name],
  ['where', ({ hosts, mark }) => [...shortened(hosts), ...(mark ? ['any host'] : [])].join(', ')],
  ['live streams', ({ live }) => yes(live !== undefined)],
  ['ads are known', ({ interruptions = [] }) => yes(interruptions.some(({ kind }) => kind === 'ad'))],
  ['speed', ({ can }) => yes(can.rate)],
];

const yes = (is: boolean) => (is ? 'yes' : '–');

/** The table of known sites, made from their rules. */
function table(): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(COLUMNS.map(([title]) => title)),
    line(COLUMNS.map(() => '---')),
    ...SITES.map((rule) => line(COLUMNS.map(([, cell]) => cell(rule)))),
  ].join('\n');
}

/** `www.` says nothing here, and more than three hosts do not fit. */
function shortened(hosts: readonly string[]): string[] {
  const names = [...new Set(hosts.map((host) => host.replace(/^(?:\*|www)\./, '')))];
  const shown = names.slice(0, 3).map((name) => `\`${name}\``);
  return names.length > 3 ? [...shown, '…'] : shown;
}

/** README with the table of now. */
export async function withSites(readme: string): Promise<string> {
  const [before, rest = ''] = readme.split(BEGIN);
  const after = rest.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${README} has lost its marks ${BEGIN} and ${END}`);
  const text = `${before}${BEGIN}\n\n${table()}\n\n${END}${after}`;
  return format(text, { ...(await resolveConfig(README)), parser: 'markdown' });
}
