import { pathToFileURL } from 'node:url';
import type * as Settings from '../../src/server/config.ts';
import type { Log } from '../../src/server/ports.ts';
import type * as Start from '../../src/server/start-server.ts';
import { answerQuestions, measuredServerOptions } from './measured-server.ts';

/*
 * A server of any checkout in a process of its own, which tells over IPC what it costs. Nothing here catches what the server
 * throws: a crash ends this process, and the parent sees it.
 */

/** Settings that say how much one client, one address or all may do. */
const AN_AMOUNT = /burst|persec|perminute|debt|perip|peraddress|perconnection|^max|bytes|fragments/i;
const LARGE = [1e12, 1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3];
const KEPT_ERRORS = 5;

const options = measuredServerOptions.parse(JSON.parse(process.argv[2] ?? '{}'));
const errors: Record<string, unknown>[] = [];
let errorCount = 0;
const quiet = () => undefined;
const log: Log = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: (fields) => {
    errorCount += 1;
    if (errors.length < KEPT_ERRORS) errors.push(fields);
  },
};

const imported = (path: string): Promise<unknown> => import(pathToFileURL(`${options.dir}/${path}`).href);
// Another checkout's modules have the same shape: both names are older than any baseline.
const { startServer } = (await imported('src/server/start-server.ts')) as typeof Start;
const { settings } = (await imported('src/server/config.ts')) as typeof Settings;

const given = { port: 0, ...(options.raised && raisedLimits()), ...options.config };
const server = await startServer(settings.parse(given), { log });
answerQuestions(server.port, () => ({ errorCount, errors }));

/** Each amount as large as its setting allows; another checkout may have others. */
function raisedLimits(): Record<string, number> {
  const raised: Record<string, number> = {};
  for (const [name, schema] of Object.entries(settings.shape)) {
    if (!AN_AMOUNT.test(name)) continue;
    const most = LARGE.find((value) => schema.safeParse(value).success);
    if (most !== undefined) raised[name] = most;
  }
  return raised;
}
