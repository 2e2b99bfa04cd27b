import { readFlags } from '../support/read-flags.ts';
import { hasDisplay } from '../demo/options.ts';

const FLAGS = {
  headless: { type: 'boolean' },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface DevOptions {
  headless: boolean;
  /** Of the server. */
  port: number;
}

export type DevCommand = { run: DevOptions } | { help: string } | { problem: string };

const DEFAULT_PORT = 8787;

const HELP = `Usage: npm run dev -- [flags]

Starts what you need to change StreamSync and see the change: the server, a small film site, the extension in a
Chromium of its own, and the preview of the extension's pages. Ctrl-C ends them all.

  --headless     the browser without a window, with the address of its DevTools (the default where there is no
                 display; STREAMSYNC_HEADLESS=1 does the same)
  --port N       the server's port [${DEFAULT_PORT}]
  -h, --help     show this
`;

/** Reads the command line; `problem` is one sentence saying what to do. */
export function readOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): DevCommand {
  const flags = readFlags(args, FLAGS);
  if (typeof flags === 'string') return { problem: flags };
  if (flags.help) return { help: HELP };
  const port = Number(flags.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return { problem: 'Give --port a whole number from 1 to 65535; see --help.' };
  }
  const asked = flags.headless === true || env.STREAMSYNC_HEADLESS === '1';
  return { run: { headless: asked || !hasDisplay(env, platform), port } };
}
