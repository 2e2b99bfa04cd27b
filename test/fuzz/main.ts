import { writeFile } from 'node:fs/promises';
import { readFlags } from '../support/read-flags.ts';
import { fuzz, sentenceOf } from './fuzz.ts';

const HELP = `Usage: npm run fuzz -- [options]

Sends a server what strangers may think of, over real sockets, and watches that it stays up, answers every request once,
keeps rooms apart and its memory. Prints JSON and one sentence; the exit code is 1 when something gave way.

  --seed N       of all choices [1]
  --messages N   [1000000]
  --rounds N     the heap is measured after each [10]
  --sockets N    connections at a time [40]
  --depth N      how deep the deepest frame nests [20000]
  --dir DIR      the checkout whose server it is [this one]
  --out FILE     where the JSON goes besides
  -h, --help     show this
`;
const FLAGS = {
  seed: { type: 'string' },
  messages: { type: 'string' },
  rounds: { type: 'string' },
  sockets: { type: 'string' },
  depth: { type: 'string' },
  dir: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const flags = readFlags(process.argv.slice(2), FLAGS);
if (typeof flags === 'string') fail(flags);
else if (flags.help) process.stdout.write(HELP);
else await run(flags);

async function run(given: Partial<Record<Exclude<keyof typeof FLAGS, 'help'>, string>>): Promise<void> {
  const count = (name: 'seed' | 'messages' | 'rounds' | 'sockets' | 'depth', preset: number) =>
    Number(given[name] ?? preset);
  const options = {
    seed: count('seed', 1),
    messages: count('messages', 1_000_000),
    rounds: count('rounds', 10),
    sockets: count('sockets', 40),
    depth: count('depth', 20_000),
  };
  const wrong = Object.entries(options).find(([, value]) => !Number.isInteger(value) || value < 1);
  if (wrong) {
    fail(`Give --${wrong[0]} a whole number of at least 1.`);
    return;
  }
  const report = await fuzz({ ...options, dir: given.dir, say: (line) => console.error(line) });
  const json = JSON.stringify(report, null, 2);
  if (given.out !== undefined) await writeFile(given.out, `${json}\n`);
  console.log(`${json}\n${sentenceOf(report)}`);
  process.exit(report.violations.length === 0 ? 0 : 1);
}

function fail(problem: string): void {
  console.error(problem);
  process.exitCode = 2;
}
