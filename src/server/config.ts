import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LIMITS } from '../protocol/index.ts';
import { DEFAULT_LIMITS } from './limits/server-limits.ts';

const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const durationMs = count(0, 86_400_000);
const limit = DEFAULT_LIMITS;
const list = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean));
/** Addresses as RFC 7064 and RFC 7065 write them. */
const iceUrls = (schemes: string) =>
  list.refine(
    (urls) =>
      urls.length <= LIMITS.iceUrlsCount &&
      urls.every(
        (url) =>
          url.length <= LIMITS.iceUrlChars &&
          new RegExp(`^${schemes}:[^\\s/?]+(\\?transport=(udp|tcp))?$`).test(url),
      ),
    `up to ${LIMITS.iceUrlsCount} addresses like ${schemes.replaceAll(/[?()]/g, '').split('|')[0] ?? ''}:host:3478, separated by commas`,
  );

/**
 * Every setting, once. `fooBar` is the flag `--foo-bar` and the variable `STREAMSYNC_FOO_BAR`; the flag wins.
 */
export const settings = z
  .object({
    port: count(0, 65_535).default(8787).describe('TCP port; 0 takes any free one'),
    host: z.string().min(1).default('127.0.0.1').describe('address to listen on; 0.0.0.0 for every network'),
    allowOrigins: list.describe(
      'web pages that may connect besides the extension, separated by commas; * for any',
    ),
    trustProxy: z
      .enum(['true', 'false'])
      .default('false')
      .transform((text) => text === 'true')
      .describe('true behind a proxy that sets X-Forwarded-For'),
    installUrl: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null)
      .describe('the README’s install section, for people invited without the extension'),
    logLevel: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
      .default('info')
      .describe('how much to log: fatal, error, warn, info, debug or silent'),
    stunUrls: iceUrls('stuns?').describe('STUN servers for calls, like stun:turn.example.org:3478'),
    turnUrls: iceUrls('turns?').describe(
      'TURN servers for calls, like turn:turn.example.org:3478; needs --turn-secret',
    ),
    turnSecret: z
      .string()
      .max(512)
      .default('')
      .describe('what coturn has as static-auth-secret; better given as a variable'),
    turnTtlSec: count(60, 86_400).default(21_600).describe('for how many seconds TURN credentials are good'),
    graceMs: durationMs.default(limit.graceMs).describe('how long a lost member keeps its place'),
    roomGraceMs: durationMs.default(limit.roomGraceMs).describe('how long a room outlives its last member'),
    heartbeatMs: count(10, 3_600_000)
      .default(12_000)
      .describe('how often a silent connection is asked for life'),
    maxConnections: count(1, 1e6).default(limit.maxConnections).describe('connections in all'),
    connectionsPerIp: count(1, 1e6).default(limit.connectionsPerIp).describe('connections from one address'),
    maxRooms: count(1, 1e6).default(limit.maxRooms).describe('rooms in all'),
    roomMembers: count(1, limit.roomMembers).default(limit.roomMembers).describe('members of one room'),
    roomsPerConnection: count(1, 1000).default(limit.roomsPerConnection).describe('rooms of one connection'),
    frameBurst: count(1, 1e6).default(limit.frameBurst).describe('frames a connection may send at once'),
    framesPerSec: count(1, 1e6).default(limit.framesPerSec).describe('frames a second from then on'),
    frameDebt: count(1, 1e6).default(limit.frameDebt).describe('frames beyond that before it is closed'),
    chatBurst: count(1, 1e6).default(limit.chatBurst).describe('chat messages a connection may send at once'),
    chatPerSec: count(1, 1e6).default(limit.chatPerSec).describe('chat messages a second from then on'),
    maxBufferedBytes: count(65_536, 1e9)
      .default(1024 * 1024)
      .describe('bytes that may wait 5 s for a client that does not read; eight times that never may'),
  })
  .refine(({ turnUrls, turnSecret }) => turnUrls.length === 0 || turnSecret !== '', {
    path: ['turnSecret'],
    message: 'needed with TURN servers; give coturn the same',
  });
export type Config = z.output<typeof settings>;

/** What the command line asked for; `problem` is one sentence saying what to do. */
export type Command = { run: Config } | { help: string } | { problem: string };

const names = Object.keys(settings.shape);
const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const variableOf = (name: string) => `STREAMSYNC_${flagOf(name).replaceAll('-', '_').toUpperCase()}`;

/** Reads command line and environment. */
export function readCommand(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  const flags = readFlags(args);
  if (typeof flags === 'string') return { problem: flags };
  if (flags.help === true) return { help: helpText() };
  const given = names.flatMap((name) => {
    const value = flags[flagOf(name)] ?? env[variableOf(name)];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (parsed.success) return { run: parsed.data };
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  const where = flags[flagOf(name)] === undefined ? variableOf(name) : `--${flagOf(name)}`;
  return { problem: `Set ${where} to a valid value (${issue?.message ?? 'invalid'}); see --help.` };
}

function readFlags(args: readonly string[]): Record<string, string | boolean | undefined> | string {
  const options = Object.fromEntries(names.map((name) => [flagOf(name), { type: 'string' as const }]));
  try {
    return parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean', short: 'h' } } })
      .values;
  } catch (error) {
    const problem = error instanceof Error ? (error.message.split(/[.'] /)[0] ?? '') : '';
    return `Check the command line: ${problem}; see --help.`;
  }
}

function helpText(): string {
  const lines = Object.entries(settings.shape).map(([name, schema]) => {
    const preset = schema.parse(undefined);
    const shown = preset === null || String(preset) === '' ? '' : ` [${String(preset)}]`;
    return `  --${flagOf(name).padEnd(24)}${schema.description ?? ''}${shown}`;
  });
  return [
    'Usage: npm run server -- [flags]',
    '',
    'The StreamSync signalling server. Times are in milliseconds; defaults are in [brackets].',
    `Each flag can be given as a variable too, like ${variableOf('logLevel')} for --log-level; the flag wins.`,
    '',
    ...lines,
    `  --${'help'.padEnd(24)}show this`,
    '',
  ].join('\n');
}
