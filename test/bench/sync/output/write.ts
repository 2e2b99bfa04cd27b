import { writeFile } from 'node:fs/promises';
import { environment } from '../../output/environment.ts';
import { markdownOf, textOf } from '../../output/table.ts';
import type { BenchOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { barPlot, linePlot } from './svg.ts';
import { tablesOf } from './tables.ts';

export interface Result {
  name: string;
  about: string;
  seconds: number;
  outcome: Outcome;
}

/** Writes all there is so far, so that a run cut short has left what it measured; resolves with text for a terminal. */
export async function writeResults(
  folder: string,
  options: BenchOptions,
  before: Record<string, unknown>,
  results: readonly Result[],
): Promise<string> {
  const tables = tablesOf(results);
  const figures = results.map(({ outcome, ...result }) => {
    const { errors, settling, checks } = outcome;
    return { ...result, errors, settling, checks };
  });
  const json = { before, after: environment(), options, results: figures };
  await writeFile(`${folder}/results.json`, `${JSON.stringify(json, null, 2)}\n`);
  const about = results.map((result) => `- **${result.name}** (${result.seconds} s): ${result.about}`);
  await writeFile(`${folder}/table.md`, [...tables.map(markdownOf), ...about, ''].join('\n'));
  for (const { name, outcome } of results) {
    for (const plot of outcome.plots ?? []) await writeFile(`${folder}/${plot.name}.svg`, linePlot(plot));
    const compared = outcome.errors?.filter(({ ruler }) => ruler === 'media clock') ?? [];
    if (new Set(compared.map(({ player }) => player)).size > 1) {
      const bars = compared.map(({ player, pairs }) => ({ label: player, ...pairs }));
      const title = `${name}: how far apart two films are, median and p95 of all pairs`;
      await writeFile(`${folder}/${name}-compared.svg`, barPlot(title, bars));
    }
  }
  return tables.map(textOf).join('\n');
}
