import { readFlags } from '../../support/read-flags.ts';

export interface BenchOptions {
  variants: readonly string[];
  rounds: number;
  seconds: number;
  /** After the film was started, so long until it counts. */
  settleSec: number;
  /** Where the results go; `null` for a folder of its own under test-results. */
  out: string | null;
}

export type BenchCommand = { run: BenchOptions } | { list: true } | { help: string } | { problem: string };

const WHOLE = { rounds: 4, seconds: 10 };
const SHORT = { rounds: 1, seconds: 4 };
const SETTLE_SEC = 4;
/** The test film is three minutes long. */
const LONGEST_SEC = 150;

const HELP = `Usage: npm run bench:overlay -- [options]

Measures what the extension costs a page with a film: time of the processor, memory, frames that are dropped. Each
variant is watched in a browser of its own, in rounds, beside the same page without the extension. Takes about nine
minutes; leave the machine alone meanwhile.

  --variant A,B     which ones [all]; "page", what the others are compared with, is always among them
  --list            what there is
  --rounds N        [${WHOLE.rounds}]
  --seconds N       measured of each variant in each round [${WHOLE.seconds}]
  --settle N        seconds from the start of the film until it counts [${SETTLE_SEC}]; in the first minute of a party its clock
                    is asked for often
  --short           for trying: ${SHORT.rounds} round of ${SHORT.seconds} s
  --out DIR         where results.json, table.md and raw samples go [test-results/bench-overlay/<time>]
  -h, --help        show this
`;

const FLAGS = {
  variant: { type: 'string' },
  list: { type: 'boolean' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  settle: { type: 'string' },
  short: { type: 'boolean' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; `problem` is one sentence saying what to do. `base` is always measured. */
export function readOptions(args: readonly string[], known: readonly string[], base: string): BenchCommand {
  const flags = readFlags(args, FLAGS);
  if (typeof flags === 'string') return { problem: flags };
  if (flags.help) return { help: HELP };
  if (flags.list) return { list: true };
  const asked = flags.variant?.split(',') ?? known;
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined) return { problem: `There is no variant "${unknown}"; see --list.` };
  const usual = flags.short ? SHORT : WHOLE;
  const rounds = Number(flags.rounds ?? usual.rounds);
  const seconds = Number(flags.seconds ?? usual.seconds);
  if (!(Number.isInteger(rounds) && rounds >= 1)) {
    return { problem: 'Give --rounds a whole number of at least 1.' };
  }
  const settleSec = Number(flags.settle ?? SETTLE_SEC);
  if (!(seconds >= 1 && settleSec >= 0 && seconds + settleSec <= LONGEST_SEC)) {
    return { problem: `Give --seconds and --settle numbers that are together at most ${LONGEST_SEC}.` };
  }
  const variants = known.filter((name) => name === base || asked.includes(name));
  return { run: { variants, rounds, seconds, settleSec, out: flags.out ?? null } };
}
