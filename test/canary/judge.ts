import type { SiteCheck } from '../../src/messaging/site-check.ts';
import { siteReport } from '../../src/ui/site-check/report.ts';
import type { CanaryPage } from './pages.ts';

export interface Row {
  site: string;
  page: string;
  works: boolean;
  identity: string;
  film: string;
  /** Elements that the rule's selectors fit. */
  fits: string;
  player: string;
  /** What is gone, in sentences; empty when it works. */
  gone: readonly string[];
}

/** What a site check means for whoever keeps the rules. */
export function judge(page: CanaryPage, check: SiteCheck): Row {
  const frame = check.frames.find(({ film }) => film) ?? check.frames[0];
  const gone = page.html === null ? goneOfFixture(check) : goneOfSaved(check);
  const title = { true: 'yes', false: 'no', null: '–' }[String(frame?.titleShown ?? null)] ?? '–';
  return {
    site: frame?.site?.site ?? page.site,
    page: page.name,
    works: gone.length === 0,
    identity: frame?.contentId ?? '–',
    film: frame?.film ? `${frame.film.widthPx}×${frame.film.heightPx}` : '–',
    fits: frame?.named ? `${frame.named.films}/${frame.named.decoys}/${title}` : '–',
    player: frame?.bridge?.answer ?? '–',
    gone,
  };
}

/** A fixture is a whole site: everything has to work on it. */
function goneOfFixture(check: SiteCheck): string[] {
  const { verdict, lines } = siteReport(check);
  if (verdict.tone === 'good') return [];
  const failed = lines.flatMap(({ tone, text }) => (tone === 'bad' ? [text] : []));
  return failed.length > 0 ? failed : [verdict.text];
}

/** A saved page plays nothing and has no scripts: only what stands in it can be missed. */
function goneOfSaved({ frames }: SiteCheck): string[] {
  const page = frames.find(({ isTop }) => isTop);
  if (!page?.site) return ['No rule knows this address.'];
  return [
    ...(page.kind === 'browse' ? ['By the rule its address shows no film.'] : []),
    ...(page.contentId === null ? ['What is on could not be named.'] : []),
    ...(page.named?.films === 0 ? ['No element is where the rule has the film.'] : []),
    ...(page.titleShown === false ? ['The title is not where the rule has it.'] : []),
  ];
}

const COLUMNS: readonly [title: string, width: number, cell: (row: Row) => string][] = [
  ['', 4, ({ works }) => (works ? 'ok' : '!!')],
  ['Site', 12, ({ site }) => site],
  ['Page', 24, ({ page }) => page],
  ['Film', 10, ({ film }) => film],
  ['Fits', 10, ({ fits }) => fits],
  ['Player', 10, ({ player }) => player],
  ['Identity', 0, ({ identity }) => identity],
];

/** A header, a line for each page, and below each that fails what is gone. */
export function tableLines(rows: readonly Row[]): string[] {
  const line = (cellOf: (column: (typeof COLUMNS)[number]) => string) =>
    COLUMNS.map((column) => cellOf(column).padEnd(column[1])).join(' ');
  return [
    line(([title]) => title),
    ...rows.flatMap((row) => [line(([, , cell]) => cell(row)), ...row.gone.map((text) => `     ${text}`)]),
  ];
}

export const LEGEND =
  'Fits: elements that the rule takes for the film / for something else / whether the title is shown.';
