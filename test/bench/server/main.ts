import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '../output/environment.ts';
import { markdownOf, textOf } from '../output/table.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { measureSpan, type Span, type Target } from './span.ts';
import { sentenceOf, summarize, tableOf } from './summary.ts';

const command = readOptions(process.argv.slice(2));
if ('help' in command) process.stdout.write(command.help);
else if ('problem' in command) {
  console.error(command.problem);
  process.exitCode = 2;
} else {
  const { against } = command.run;
  await run({ ...command.run, against: against === null ? null : resolve(against) });
}

async function run(options: BenchOptions): Promise<void> {
  process.chdir(fileURLToPath(new URL('../../..', import.meta.url)));
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const folder = options.out ?? `test-results/bench-server/${time}`;
  await mkdir(folder, { recursive: true });
  const before = environment();
  const targets: Target[] = ['relay', 'this', ...(options.against === null ? [] : (['other'] as const))];
  const spans: Span[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    // There and back, so that what grows with time costs none more than another.
    for (const target of round % 2 === 1 ? targets : targets.toReversed()) {
      const span = await measureSpan(target, round, options);
      spans.push(span);
      const { deliveriesPerCpuSec, cpuShare } = span;
      console.error(
        `round ${round}, ${target}: ${deliveriesPerCpuSec.toFixed(0)} per CPU second, ${(cpuShare * 100).toFixed(1)} %`,
      );
    }
  }
  const summary = summarize(spans);
  const table = tableOf(summary);
  const json = { before, after: environment(), options, summary, spans };
  await writeFile(`${folder}/results.json`, `${JSON.stringify(json, null, 2)}\n`);
  await writeFile(`${folder}/table.md`, markdownOf(table));
  console.log(
    `${JSON.stringify(summary, null, 2)}\n\n${textOf(table)}\n${sentenceOf(summary)}\nWritten to ${folder}`,
  );
}
