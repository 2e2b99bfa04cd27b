import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { startMeasured, startMeasuredServer, type MeasuredServer } from '../../support/measured-server.ts';
import {
  attackAnswer,
  calmAnswer,
  startWorker,
  type AttackAnswer,
  type attackOrder,
  type CalmAnswer,
  type calmOrder,
} from './orders.ts';

export interface Span {
  checkout: 'this' | 'other';
  attack: string;
  round: number;
  quiet: Measured;
  attacked: Measured;
  sent: AttackAnswer;
  /** The server has ended by itself. */
  crashed: string | null;
  rssMb: number | null;
}
export interface Measured extends CalmAnswer {
  /** Of one core. */
  serverCpu: number | null;
}

export interface SpanOptions {
  dir: string;
  quietSec: number;
  attackSec: number;
  uplinkBytesPerSec: number;
}

const ECHO = fileURLToPath(new URL('echo-child.ts', import.meta.url));
/** Until code is compiled, and until an attack has its rooms. */
const WARM_MS = 2000;
const RAMP_MS = 3000;
const MB = 2 ** 20;

/** A calm room before and during an attack, on a server of its own with the limits that it has by default. */
export async function measureSpan(
  { dir, quietSec, attackSec, uplinkBytesPerSec }: SpanOptions,
  which: Pick<Span, 'checkout' | 'attack' | 'round'>,
): Promise<Span> {
  await using started = new AsyncDisposableStack();
  const server = started.adopt(await startMeasuredServer({ dir }), (each) => each.stop());
  const echo = started.adopt(await startMeasured(ECHO), (each) => each.stop());
  const calm = started.adopt(
    startWorker<z.infer<typeof calmOrder>, CalmAnswer>('calm-child.ts', calmAnswer),
    (each) => each.end(),
  );
  const strangers = started.adopt(
    startWorker<z.infer<typeof attackOrder>, AttackAnswer>('attack-child.ts', attackAnswer),
    (each) => each.end(),
  );
  const { port } = server;
  await calm.order({ do: 'gather', port, echoPort: echo.port });
  const measured = async (seconds: number): Promise<Measured> => {
    const before = await usageOf(server);
    const answer = await calm.order({ do: 'measure', ms: seconds * 1000 });
    const after = await usageOf(server);
    const serverCpu = before && after ? (after.cpuMs - before.cpuMs) / (after.atMs - before.atMs) : null;
    return { ...answer, serverCpu };
  };
  await pause(WARM_MS);
  const quiet = await measured(quietSec);
  await strangers.order({ do: 'attack', name: which.attack, port, uplinkBytesPerSec });
  await pause(RAMP_MS);
  const attacked = await measured(attackSec);
  const sent = await strangers.order({ do: 'stop' });
  const usage = await usageOf(server);
  const crashed =
    server
      .ended()
      ?.stderr.trim()
      .split('\n')
      .find((line) => line.includes('Error')) ?? null;
  return { ...which, quiet, attacked, sent, crashed, rssMb: usage ? Math.round(usage.rssBytes / MB) : null };
}

/** A server that is kept busy answers late; one that has ended never does. */
async function usageOf(server: MeasuredServer) {
  return server.ask('usage').catch(() => null);
}
