import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildExtension } from '../../demo/build.ts';
import { startFilmSite } from '../../support/film-site.ts';
import { startServerProcess } from '../../support/server-process.ts';
import { environment } from '../output/environment.ts';
import { RawLog } from '../output/raw-log.ts';
import { markdownOf, textOf } from '../output/table.ts';
import { checksOf } from './calibration.ts';
import { compareAll } from './compare.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { watchSpan, type Span } from './span.ts';
import { tablesOf } from './tables.ts';
import { BASE, VARIANTS, type Variant } from './variants.ts';

process.chdir(fileURLToPath(new URL('../../..', import.meta.url)));
const command = readOptions(
  process.argv.slice(2),
  VARIANTS.map(({ name }) => name),
  BASE,
);
if ('help' in command) process.stdout.write(command.help);
else if ('list' in command)
  for (const { name, about } of VARIANTS) console.log(`${name.padEnd(12)} ${about}`);
else if ('problem' in command) {
  console.error(command.problem);
  process.exitCode = 2;
} else await run(command.run);

async function run(options: BenchOptions): Promise<void> {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const folder = options.out ?? `test-results/bench-overlay/${time}`;
  await mkdir(`${folder}/raw`, { recursive: true });
  const before = environment();
  const chosen = VARIANTS.filter(({ name }) => options.variants.includes(name));
  console.log('Building the extension …');
  await buildExtension();
  const spans = await watchAll(chosen, options, new RawLog(`${folder}/raw/spans.ndjson.gz`));
  const costs = chosen
    .filter(({ calibrates }) => !calibrates)
    .map(({ name }) => ({ variant: name, figures: compareAll(spans, name) }));
  const checks = checksOf(spans);
  const tables = tablesOf(costs, checks);
  const json = { before, after: environment(), options, costs, checks, spans };
  await writeFile(`${folder}/results.json`, `${JSON.stringify(json, null, 2)}\n`);
  const about = chosen.map((variant) => `- **${variant.name}**: ${variant.about}`);
  await writeFile(`${folder}/table.md`, [...tables.map(markdownOf), ...about, ''].join('\n'));
  console.log(`\n${tables.map(textOf).join('\n')}\nWritten to ${folder}`);
}

async function watchAll(chosen: readonly Variant[], options: BenchOptions, raw: RawLog): Promise<Span[]> {
  await using started = new AsyncDisposableStack();
  started.defer(() => raw.close());
  const site = started.adopt(await startFilmSite(), (each) => each.close());
  const server = started.adopt(await startServerProcess(), (each) => each.kill());
  const spans: Span[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    const here = chosen.filter(({ calibrates }) => round <= (calibrates?.rounds ?? Infinity));
    // There and back, so that what grows with time costs none more than another.
    for (const variant of round % 2 === 1 ? here : here.toReversed()) {
      console.log(`round ${round} of ${options.rounds}: ${variant.name} …`);
      const filmUrl = `${site.origin}/film`;
      const watched = await watchSpan({
        ...{ variant, round, seconds: options.seconds, settleSec: options.settleSec },
        ...{ filmUrl, serverPort: server.port },
      });
      raw.line(watched);
      spans.push(watched.span);
    }
  }
  return spans;
}
