import { readFlags } from '../support/read-flags.ts';

const FLAGS = {
  headless: { type: 'boolean' },
  seconds: { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface DemoOptions {
  headless: boolean;
  /** How long the party is watched; `null` until somebody ends it. */
  seconds: number | null;
  /** Of the server; 0 takes any free one. */
  port: number;
}

export type DemoCommand = { run: DemoOptions } | { help: string } | { problem: string };

/** Long enough for the first three acts, and some steady playing between them. */
const SHORTEST_SEC = 12;
const WITHOUT_DISPLAY_SEC = 30;

const HELP = `Usage: npm start -- [flags]

A watch party of two on this machine: builds the extension, starts the server and a small film site, opens two
Chromium ("Ana" and "Ben"), lets both join by the popup, and shows live how far apart they are.

  --headless     without windows (the default where there is no display); ends by itself, and fails if the two
                 were not in sync
  --seconds N    end after so long, at least ${SHORTEST_SEC} [${WITHOUT_DISPLAY_SEC} without windows, else until Ctrl-C]
  --port N       the server's port [any free one]
  -h, --help     show this
`;

/** Reads the command line; `problem` is one sentence saying what to do. */
export function readOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): DemoCommand {
  const flags = readFlags(args, FLAGS);
  if (typeof flags === 'string') return { problem: flags };
  if (flags.help) return { help: HELP };
  const seconds = flags.seconds === undefined ? null : Number(flags.seconds);
  if (seconds !== null && !(seconds >= SHORTEST_SEC && Number.isFinite(seconds))) {
    return { problem: `Give --seconds a number of at least ${SHORTEST_SEC}; see --help.` };
  }
  const port = Number(flags.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return { problem: 'Give --port a whole number from 0 to 65535; see --help.' };
  }
  const headless = flags.headless === true || !hasDisplay(env, platform);
  return { run: { headless, seconds: seconds ?? (headless ? WITHOUT_DISPLAY_SEC : null), port } };
}

export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env.DISPLAY ?? env.WAYLAND_DISPLAY);
}
