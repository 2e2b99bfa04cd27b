import { readFlags } from '../../support/read-flags.ts';

export interface BenchOptions {
  rounds: number;
  seconds: number;
  rooms: number;
  members: number;
  deliveriesPerSec: number;
  /** Another checkout, measured in turns with this one. */
  against: string | null;
  out: string | null;
}

export type BenchCommand = { run: BenchOptions } | { help: string } | { problem: string };

const PRESET = { rounds: 4, seconds: 6, rooms: 20, members: 25, rate: 9000 };

const HELP = `Usage: npm run bench:server -- [options]

Measures what a delivery costs the server: full rooms whose members act one after the other, as fast as it goes and at a fixed
rate, in turns with a bare relay that only copies frames. Limits are raised. Leave the machine alone meanwhile.

  --rounds N      [${PRESET.rounds}]
  --seconds N     measured of each, in each round [${PRESET.seconds}]
  --rooms N       [${PRESET.rooms}]
  --members N     of each room [${PRESET.members}]
  --rate N        deliveries a second at the fixed rate [${PRESET.rate}]
  --against DIR   another checkout of this repository, with its packages, to be measured in turns
  --out DIR       where results.json and table.md go [test-results/bench-server/<time>]
  -h, --help      show this
`;

const FLAGS = {
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  rooms: { type: 'string' },
  members: { type: 'string' },
  rate: { type: 'string' },
  against: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; `problem` is one sentence saying what to do. */
export function readOptions(args: readonly string[]): BenchCommand {
  const flags = readFlags(args, FLAGS);
  if (typeof flags === 'string') return { problem: flags };
  if (flags.help) return { help: HELP };
  const counts = {
    rounds: Number(flags.rounds ?? PRESET.rounds),
    seconds: Number(flags.seconds ?? PRESET.seconds),
    rooms: Number(flags.rooms ?? PRESET.rooms),
    members: Number(flags.members ?? PRESET.members),
    rate: Number(flags.rate ?? PRESET.rate),
  };
  const wrong = Object.entries(counts).find(([, count]) => !Number.isInteger(count) || count < 1);
  if (wrong) return { problem: `Give --${wrong[0]} a whole number of at least 1.` };
  const { rate, ...rest } = counts;
  const { against = null, out = null } = flags;
  return { run: { ...rest, deliveriesPerSec: rate, against, out } };
}
