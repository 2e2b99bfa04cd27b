import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  OWN_CHECKOUT,
  startMeasured,
  startMeasuredServer,
  type MeasuredServer,
} from '../../support/measured-server.ts';
import { startCrowdProcess, type CrowdProcess } from './crowd-process.ts';
import type { BenchOptions } from './options.ts';

/** What is measured: a bare relay, this checkout's server, and another's. */
export type Target = 'relay' | 'this' | 'other';

export interface Span {
  target: Target;
  round: number;
  /** As fast as it goes. */
  deliveriesPerCpuSec: number;
  deliveriesPerSec: number;
  /** At the fixed rate: parts of one core, and what was delivered of what was due. */
  cpuShare: number;
  delivered: number;
}

const RELAY = fileURLToPath(new URL('relay-child.ts', import.meta.url));
/** Until its code is compiled. */
const WARM_MS = 2000;

/** One target in processes of its own, so that none profits from what another left behind. */
export async function measureSpan(target: Target, round: number, options: BenchOptions): Promise<Span> {
  const { rooms, members, deliveriesPerSec, seconds } = options;
  await using started = new AsyncDisposableStack();
  const server = started.adopt(await start(target, options), (each) => each.stop());
  const crowd = started.adopt(startCrowdProcess(), (each) => each.end());
  await crowd.order({ do: 'gather', port: server.port, rooms, members });
  await crowd.order({ do: 'saturate' });
  await pause(WARM_MS);
  const full = await watch(server, crowd, seconds);
  await crowd.order({ do: 'rest' });
  await crowd.order({ do: 'drive', deliveriesPerSec });
  await pause(WARM_MS);
  const even = await watch(server, crowd, seconds);
  return {
    ...{ target, round },
    deliveriesPerCpuSec: full.delivered / full.cpuSec,
    deliveriesPerSec: full.delivered / full.seconds,
    cpuShare: even.cpuSec / even.seconds,
    delivered: even.delivered / (even.seconds * deliveriesPerSec),
  };
}

function start(target: Target, { against }: BenchOptions): Promise<MeasuredServer> {
  if (target === 'relay') return startMeasured(RELAY);
  const dir = target === 'this' ? OWN_CHECKOUT : (against ?? OWN_CHECKOUT);
  return startMeasuredServer({ dir, raised: true });
}

async function watch(server: MeasuredServer, crowd: CrowdProcess, seconds: number) {
  const [before, counted] = await Promise.all([server.ask('usage'), crowd.order({ do: 'count' })]);
  await pause(seconds * 1000);
  const [after, delivered] = await Promise.all([server.ask('usage'), crowd.order({ do: 'count' })]);
  return {
    delivered: delivered - counted,
    cpuSec: (after.cpuMs - before.cpuMs) / 1000,
    seconds: (after.atMs - before.atMs) / 1000,
  };
}
