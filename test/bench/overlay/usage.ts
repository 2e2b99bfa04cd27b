import { commandLineOf, cpuSec, ownBytes, treeOf } from '../processes.ts';

export const ROLES = ['page', 'extension', 'rest'] as const;
/** What a process of the browser is for: the site, our extension (its worker and its pages), or everything else. */
export type Role = (typeof ROLES)[number];

export interface ProcessUsage {
  pid: number;
  role: Role;
  /** As the browser calls it. */
  type: string;
  /** Since it began. */
  cpuSec: number;
}

/** Of all processes of a browser. */
export function usageOf(browserPid: number): ProcessUsage[] {
  return treeOf(browserPid).map((pid) => {
    const flags = commandLineOf(pid);
    const type = flags.find((flag) => flag.startsWith('--type='))?.slice('--type='.length) ?? 'browser';
    const extension = flags.includes('--extension-process');
    const role = type === 'renderer' ? (extension ? 'extension' : 'page') : 'rest';
    return { pid, role, type, cpuSec: cpuSec([pid]) };
  });
}

export interface Cost {
  /** Of one core, ms per second. */
  cpuMsPerSec: Record<Role, number>;
  /** In MiB, without what is mapped from files. */
  memoryMib: Record<Role, number>;
}

/** Between two looks. What a process computed that ended meanwhile is lost. */
export function costBetween(
  before: readonly ProcessUsage[],
  after: readonly ProcessUsage[],
  seconds: number,
  memory: ReadonlyMap<number, number>,
): Cost {
  const earlierSec = new Map(before.map(({ pid, cpuSec }) => [pid, cpuSec]));
  const cost: Cost = {
    cpuMsPerSec: { page: 0, extension: 0, rest: 0 },
    memoryMib: { page: 0, extension: 0, rest: 0 },
  };
  for (const { pid, role, cpuSec } of after) {
    cost.cpuMsPerSec[role] += ((cpuSec - (earlierSec.get(pid) ?? 0)) * 1000) / seconds;
    cost.memoryMib[role] += (memory.get(pid) ?? 0) / 2 ** 20;
  }
  return cost;
}

/** In bytes. Reading it halts each process for a moment. */
export function memoryOf(processes: readonly ProcessUsage[]): Map<number, number> {
  return new Map(processes.map(({ pid }) => [pid, ownBytes(pid)]));
}
