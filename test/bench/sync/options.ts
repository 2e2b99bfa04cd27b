import { readFlags } from '../../support/read-flags.ts';

export interface BenchOptions {
  scenarios: readonly string[];
  /** `null`: as each scenario thinks best. */
  seconds: number | null;
  trials: number | null;
  seed: number;
  baselines: boolean;
  /** Where the results go; `null` for a folder of its own under test-results. */
  out: string | null;
}

export type BenchCommand = { run: BenchOptions } | { list: true } | { help: string } | { problem: string };

const help = (defaults: readonly string[]) => `Usage: npm run bench:sync -- [options]

Measures how close real browsers keep a film, on links with delay and jitter, by rulers that do not ask the
extension. Takes its time; leave the machine alone meanwhile.

  --scenario A,B    which ones [${defaults.join(',')}]
  --list            what there is
  --seconds N       measured in each, once it is steady [each has its own]
  --trials N        of join, seek and resume [40]
  --seed N          of the links' randomness [1]
  --no-baselines    without the other ways of following, in "steady"
  --out DIR         where results.json, table.md, plots and raw samples go [test-results/bench/<time>]
  -h, --help        show this
`;

const FLAGS = {
  scenario: { type: 'string' },
  list: { type: 'boolean' },
  seconds: { type: 'string' },
  trials: { type: 'string' },
  seed: { type: 'string' },
  baselines: { type: 'boolean' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; `problem` is one sentence saying what to do. */
export function readOptions(
  args: readonly string[],
  known: readonly string[],
  defaults: readonly string[],
): BenchCommand {
  const flags = readFlags(args, FLAGS);
  if (typeof flags === 'string') return { problem: flags };
  if (flags.help) return { help: help(defaults) };
  if (flags.list) return { list: true };
  const scenarios = flags.scenario?.split(',') ?? defaults;
  const unknown = scenarios.find((name) => !known.includes(name));
  if (unknown !== undefined) return { problem: `There is no scenario "${unknown}"; see --list.` };
  const seconds = flags.seconds === undefined ? null : Number(flags.seconds);
  const trials = flags.trials === undefined ? null : Number(flags.trials);
  const seed = Number(flags.seed ?? 1);
  if (seconds !== null && !(seconds >= 1)) return { problem: 'Give --seconds a number of at least 1.' };
  if (trials !== null && !(Number.isInteger(trials) && trials >= 1)) {
    return { problem: 'Give --trials a whole number of at least 1.' };
  }
  if (!Number.isInteger(seed)) return { problem: 'Give --seed a whole number.' };
  return {
    run: { scenarios, seconds, trials, seed, baselines: flags.baselines ?? true, out: flags.out ?? null },
  };
}
