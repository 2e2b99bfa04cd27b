import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const measuredServerOptions = z.object({
  /** The checkout whose server it is. */
  dir: z.string(),
  /** Settings as the command line names them, in camel case. */
  config: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
  /** Whether limits of amount are raised, so that throughput is the machine's. */
  raised: z.boolean().default(false),
});
/** `memory` collects garbage first. */
const serverQuestion = z.enum(['usage', 'memory']);

const ready = z.object({ port: z.number() });
const usage = z.object({
  /** Of user and system together, since the start. */
  cpuMs: z.number(),
  atMs: z.number(),
  heapBytes: z.number(),
  rssBytes: z.number(),
  /** What the server logged as its own errors, and the first of them. */
  errorCount: z.number(),
  errors: z.array(z.record(z.string(), z.unknown())),
});
export type ServerUsage = z.output<typeof usage>;
type ServerAnswer = z.infer<typeof ready> | ServerUsage;

/** A server in a process of its own, whose processor time and memory can be asked for. */
export interface MeasuredServer {
  port: number;
  /** `code` of a process that ended by itself; null while it runs. */
  ended: () => { code: number | null; signal: string | null; stderr: string } | null;
  /** Rejects when the process has ended. */
  ask: (question: z.infer<typeof serverQuestion>) => Promise<ServerUsage>;
  stop: () => Promise<void>;
}

const CHILD = fileURLToPath(new URL('measured-server-child.ts', import.meta.url));
const STDERR_CHARS = 4000;
export const OWN_CHECKOUT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export function startMeasuredServer(
  options: Partial<z.input<typeof measuredServerOptions>> = {},
): Promise<MeasuredServer> {
  return startMeasured(CHILD, [JSON.stringify({ dir: OWN_CHECKOUT, ...options })]);
}

/** Any server whose process tells its port and answers as {@link answerQuestions} does. */
export async function startMeasured(file: string, args: readonly string[] = []): Promise<MeasuredServer> {
  const child = fork(file, args, {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => (stderr = (stderr + data.toString()).slice(-STDERR_CHARS)));
  const { port } = ready.parse(await nextMessage(child, () => stderr));
  let last = Promise.resolve<unknown>(undefined);
  return {
    port,
    ended: () => (isRunning(child) ? null : { code: child.exitCode, signal: child.signalCode, stderr }),
    ask(question) {
      // One after the other, since answers carry no name.
      const answered = last.then(() => {
        child.send(question);
        return nextMessage(child, () => stderr);
      });
      last = answered.catch(() => undefined);
      return answered.then((message) => usage.parse(message));
    },
    async stop() {
      if (!isRunning(child)) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** In the server's process: tells the port, and what is asked for. `errors`: what the server logged as its own. */
export function answerQuestions(
  port: number,
  errors: () => Pick<ServerUsage, 'errorCount' | 'errors'>,
): void {
  const say = (message: ServerAnswer) => process.send?.(message);
  process.on('message', (message) => {
    if (serverQuestion.parse(message) === 'memory') {
      globalThis.gc?.();
      globalThis.gc?.();
    }
    const { user, system } = process.cpuUsage();
    const { heapUsed, rss } = process.memoryUsage();
    const cpuMs = (user + system) / 1000;
    say({ cpuMs, atMs: performance.now(), heapBytes: heapUsed, rssBytes: rss, ...errors() });
  });
  process.on('disconnect', () => process.exit(0));
  say({ port });
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

/** What a child says next; rejects when it has ended. */
export async function nextMessage(child: ChildProcess, stderr = () => ''): Promise<unknown> {
  if (!isRunning(child)) throw new Error(`the process has ended: ${stderr()}`);
  const over = new AbortController();
  const message = once(child, 'message', { signal: over.signal }).then(([first]: unknown[]) => first);
  const exit = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error(`the process has ended: ${stderr()}`);
  });
  // The one that is called off rejects, which nobody needs to hear.
  exit.catch(() => undefined);
  message.catch(() => undefined);
  try {
    return await Promise.race([message, exit]);
  } finally {
    over.abort();
  }
}
