import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface WatchedServer {
  url: string;
  close: () => Promise<void>;
}

/** Runs the server under `node --watch`, which starts it again when one of its files changes. */
export async function startWatchedServer(port: number, say: (line: string) => void): Promise<WatchedServer> {
  const watching = ['--watch', '--watch-preserve-output', 'src/server/main.ts', '--port', String(port)];
  const server = spawn(process.execPath, watching, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { STREAMSYNC_LOG_LEVEL: 'warn', ...process.env },
  });
  const ended = once(server, 'exit');
  const close = async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill();
    await ended;
  };
  const url = await new Promise<string>((resolve, reject) => {
    let problem = 'the server did not start';
    createInterface({ input: server.stderr }).on('line', (line) => {
      problem = line;
      say(`Server: ${line}`);
    });
    createInterface({ input: server.stdout }).on('line', (line) => {
      const found = /StreamSync server on (\S+)/.exec(line);
      if (found?.[1]) resolve(found[1]);
      // `node --watch` waits for a change when the server has ended.
      else if (line.startsWith('Failed running')) reject(new Error(problem));
      else say(`Server: ${line}`);
    });
    void ended.then(() => reject(new Error(problem)));
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { url, close };
}
