import { readFlags } from '../../support/read-flags.ts';

export interface BenchOptions {
  attacks: readonly string[];
  rounds: number;
  quietSec: number;
  attackSec: number;
  uplinkBytesPerSec: number;
  /** Another checkout, measured in turns with this one. */
  against: string | null;
  out: string | null;
}

export type BenchCommand = { run: BenchOptions } | { list: true } | { help: string } | { problem: string };

const PRESET = { rounds: 1, quiet: 10, seconds: 15, uplink: 4 };
const MB = 2 ** 20;

const HELP = `Usage: npm run bench:strangers -- [options]

Measures what strangers on one address can do to a room on another, within what the server allows them: how long an act
takes to the other members, before and during each attack. Then what the worst frames cost to decode. Takes about eight
minutes, and four times that with --against and two rounds; leave the machine alone meanwhile.

  --attack A,B     which ones [all]
  --list           what there is
  --rounds N       [${PRESET.rounds}]
  --quiet N        seconds before each attack [${PRESET.quiet}]
  --seconds N      of each attack [${PRESET.seconds}]
  --uplink N       MB a second that the strangers may send together [${PRESET.uplink}]
  --against DIR    another checkout of this repository, with its packages, to be measured in turns
  --out DIR        where results.json and table.md go [test-results/bench-strangers/<time>]
  -h, --help       show this
`;

const FLAGS = {
  attack: { type: 'string' },
  list: { type: 'boolean' },
  rounds: { type: 'string' },
  quiet: { type: 'string' },
  seconds: { type: 'string' },
  uplink: { type: 'string' },
  against: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; `problem` is one sentence saying what to do. */
export function readOptions(args: readonly string[], known: readonly string[]): BenchCommand {
  const flags = readFlags(args, FLAGS);
  if (typeof flags === 'string') return { problem: flags };
  if (flags.help) return { help: HELP };
  if (flags.list) return { list: true };
  const attacks = flags.attack?.split(',') ?? known;
  const unknown = attacks.find((name) => !known.includes(name));
  if (unknown !== undefined) return { problem: `There is no attack "${unknown}"; see --list.` };
  const rounds = Number(flags.rounds ?? PRESET.rounds);
  if (!(Number.isInteger(rounds) && rounds >= 1))
    return { problem: 'Give --rounds a whole number of at least 1.' };
  const [quietSec, attackSec, uplink] = [
    Number(flags.quiet ?? PRESET.quiet),
    Number(flags.seconds ?? PRESET.seconds),
    Number(flags.uplink ?? PRESET.uplink),
  ];
  if (!(quietSec >= 1 && attackSec >= 1 && uplink > 0)) {
    return { problem: 'Give --quiet, --seconds and --uplink numbers of at least 1.' };
  }
  const { against = null, out = null } = flags;
  return { run: { attacks, rounds, quietSec, attackSec, uplinkBytesPerSec: uplink * MB, against, out } };
}
