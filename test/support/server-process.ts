import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  port: number;
  /** Stops it the hard way, as a crash would. */
  kill: () => Promise<void>;
  /** Starts it again on the same port, with nothing remembered. */
  restart: () => Promise<void>;
}

/** The real server in a process of its own, on a port of its choice; `env` is for its settings. */
export async function startServerProcess(env: Record<string, string> = {}): Promise<ServerProcess> {
  let { child, port } = await run(0, env);
  return {
    port,
    kill: () => kill(child),
    restart: async () => {
      ({ child, port } = await run(port, env));
    },
  };
}

async function run(
  port: number,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['src/server/main.ts', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, STREAMSYNC_LOG_LEVEL: 'warn', ...env },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const match = /127\.0\.0\.1:(\d+)/.exec(line);
    if (match) return { child, port: Number(match[1]) };
  }
  throw new Error('the server did not start');
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
