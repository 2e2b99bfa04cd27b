import { pino } from 'pino';
import { readCommand, type Config } from './config.ts';
import { errorFields } from './ports.ts';
import { startServer } from './start-server.ts';

const command = readCommand(process.argv.slice(2), process.env);
if ('help' in command) process.stdout.write(command.help);
else if ('problem' in command) fail(command.problem);
else await run(command.run);

async function run(config: Config): Promise<void> {
  // Standard output is for people, standard error for machines.
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
  const stop = new AbortController();
  const server = await startServer(config, { log }).catch((error: unknown) => {
    fail(adviceFor(error, config));
  });
  if (!server) return;
  process.stdout.write(`StreamSync server on ${server.url} (health: /healthz)\n`);
  log.info({ port: server.port }, 'listening');

  const finish = (signal: string) => {
    if (stop.signal.aborted) return;
    stop.abort();
    log.info({ signal }, 'stopping');
    void server.close().then(() => process.exit());
  };
  process.on('SIGINT', finish);
  process.on('SIGTERM', finish);
  // The last line: whatever came here has left the process in an unknown state, so its members are sent elsewhere in order.
  const broken = (error: unknown) => {
    log.fatal(errorFields(error), 'the server ends over an error that nothing caught');
    process.exitCode = 1;
    finish('error');
  };
  process.on('uncaughtException', broken);
  process.on('unhandledRejection', broken);
}

function fail(problem: string): void {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}

function adviceFor(error: unknown, { port, host }: Config): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what uses it or choose another with --port.`;
  if (code === 'EACCES')
    return `Port ${port} may not be used by this user: choose one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}: choose another with --host, like 127.0.0.1 or 0.0.0.0.`;
  }
  return `The server could not start (${code}): check --host and --port.`;
}
