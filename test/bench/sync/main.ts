import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { environment } from '../output/environment.ts';
import { RawLog } from '../output/raw-log.ts';
import { buildExtension } from '../../demo/build.ts';
import { clipOfAtLeast } from './film/clips.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { writeResults, type Result } from './output/write.ts';
import type { Scenario } from './scenario.ts';
import { DEFAULTS, SCENARIOS } from './scenarios/all.ts';
import { howToInstall, missingTools } from './tools.ts';

const TRIALS = 40;

process.chdir(fileURLToPath(new URL('../../..', import.meta.url)));
const command = readOptions(
  process.argv.slice(2),
  SCENARIOS.map(({ name }) => name),
  DEFAULTS,
);
if ('help' in command) process.stdout.write(command.help);
else if ('list' in command) {
  for (const { name, about, seconds } of SCENARIOS) console.log(`${name.padEnd(12)} ${seconds} s: ${about}`);
} else if ('problem' in command) {
  console.error(command.problem);
  process.exitCode = 2;
} else {
  // What a failed scenario may have left behind must not keep this process alive.
  process.exit(await run(command.run));
}

/** Resolves with the exit code. */
async function run(options: BenchOptions): Promise<number> {
  const folder = options.out ?? `test-results/bench/${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  await mkdir(`${folder}/raw`, { recursive: true });
  const before = environment();
  const chosen = SCENARIOS.filter(({ name }) => options.scenarios.includes(name));
  console.log('Building the extension …');
  await buildExtension();
  const results: Result[] = [];
  let failed = 0;
  let report = '';
  for (const scenario of chosen) {
    const missing = missingTools(scenario.needs ?? []);
    if (missing.length > 0) {
      console.log(`${scenario.name}: left out, since it needs what this installs: ${howToInstall(missing)}`);
      continue;
    }
    try {
      results.push(await runOne(scenario, options, folder));
      report = await writeResults(folder, options, before, results);
    } catch (error) {
      failed += 1;
      console.error(`${scenario.name} could not be measured:`, error);
    }
  }
  console.log(`\n${report}\nWritten to ${folder}`);
  return failed === 0 ? 0 : 1;
}

async function runOne(scenario: Scenario, options: BenchOptions, folder: string): Promise<Result> {
  const { name, about } = scenario;
  const seconds = options.seconds ?? scenario.seconds;
  console.log(`${name} …`);
  const raw = new RawLog(`${folder}/raw/${name}.ndjson.gz`);
  try {
    const outcome = await scenario.run({
      scenario: name,
      seed: options.seed,
      seconds,
      trials: options.trials ?? scenario.trials ?? TRIALS,
      baselines: options.baselines,
      say: (line) => console.log(line),
      raw,
      clip: clipOfAtLeast,
    });
    return { name, about, seconds, outcome };
  } finally {
    await raw.close();
  }
}
