import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OWN_CHECKOUT } from '../../support/measured-server.ts';
import { environment } from '../output/environment.ts';
import { markdownOf, textOf } from '../output/table.ts';
import { ATTACKS } from './attacks.ts';
import { measureDecoding } from './decode-cost.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { measureSpan, type Span } from './span.ts';
import { decodingTable, sentenceOf, summarize, tableOf, type Decoding } from './summary.ts';

interface Checkout {
  checkout: Span['checkout'];
  dir: string;
}

const command = readOptions(
  process.argv.slice(2),
  ATTACKS.map(({ name }) => name),
);
if ('help' in command) process.stdout.write(command.help);
else if ('list' in command) for (const { name, about } of ATTACKS) console.log(`${name.padEnd(12)} ${about}`);
else if ('problem' in command) {
  console.error(command.problem);
  process.exitCode = 2;
} else await run(command.run);

async function run(options: BenchOptions): Promise<void> {
  const other =
    options.against === null ? [] : [{ checkout: 'other' as const, dir: resolve(options.against) }];
  const checkouts: Checkout[] = [{ checkout: 'this', dir: OWN_CHECKOUT }, ...other];
  process.chdir(fileURLToPath(new URL('../../..', import.meta.url)));
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const folder = options.out ?? `test-results/bench-strangers/${time}`;
  await mkdir(folder, { recursive: true });
  const before = environment();
  const decodings: Decoding[] = [];
  for (const { checkout, dir } of checkouts) decodings.push({ checkout, costs: await measureDecoding(dir) });
  const spans = await measureAll(checkouts, options);
  const summary = summarize(spans);
  const tables = [tableOf(summary), decodingTable(decodings)];
  const json = { before, after: environment(), options, summary, decodings, spans };
  await writeFile(`${folder}/results.json`, `${JSON.stringify(json, null, 2)}\n`);
  await writeFile(`${folder}/table.md`, tables.map(markdownOf).join('\n'));
  console.log(`${tables.map(textOf).join('\n')}\n${sentenceOf(summary)}\nWritten to ${folder}`);
}

async function measureAll(checkouts: readonly Checkout[], options: BenchOptions): Promise<Span[]> {
  const spans: Span[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const attack of options.attacks) {
      // There and back, so that what grows with time costs none more than another.
      for (const { checkout, dir } of round % 2 === 1 ? checkouts : checkouts.toReversed()) {
        const span = await measureSpan({ ...options, dir }, { checkout, attack, round });
        spans.push(span);
        console.error(
          `round ${round}, ${attack}, ${checkout}: ${sentenceOf(summarize([{ ...span, checkout: 'this' }]))}`,
        );
      }
    }
  }
  return spans;
}
