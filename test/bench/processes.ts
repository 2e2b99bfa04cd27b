import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SEC = 100;

/** The first process that was started with this on its command line. */
export function processWith(argument: string): number | null {
  const matches = pids().filter((pid) => readProc(pid, 'cmdline').includes(argument));
  // The first one started the others, and has no parent among them.
  return matches.find((pid) => !matches.includes(statOf(pid)?.parent ?? 0)) ?? null;
}

/** A process and all that it started, parents first. */
export function treeOf(root: number): number[] {
  const all = pids().flatMap((pid) => statOf(pid) ?? []);
  const tree = [root];
  for (const pid of tree) tree.push(...all.filter(({ parent }) => parent === pid).map((child) => child.pid));
  return tree;
}

/** What they have computed so far, in seconds of one core. */
export function cpuSec(tree: readonly number[]): number {
  return tree.reduce((sum, pid) => sum + (statOf(pid)?.ticks ?? 0), 0) / TICKS_PER_SEC;
}

/**
 * Memory of its own, in bytes; what it shares with other processes counts by its part (PSS). Without what is mapped from files:
 * the system can drop that, and who else maps the same file would change it.
 */
export function ownBytes(pid: number): number {
  const rollup = readProc(pid, 'smaps_rollup');
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0);
  return (kib('Pss_Anon') + kib('Pss_Shmem')) * 1024;
}

/** Chromium's later processes have theirs parted by spaces. */
export function commandLineOf(pid: number): string[] {
  return readProc(pid, 'cmdline').split(/[\0 ]/);
}

/** As a laptop's lid does: nothing of it runs. */
export function putToSleep(root: number): { wake: () => void } {
  const tree = treeOf(root);
  const signal = (name: NodeJS.Signals, pids: readonly number[]) => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch {
        // It has ended by itself.
      }
    }
  };
  signal('SIGSTOP', tree);
  return { wake: () => signal('SIGCONT', tree.toReversed()) };
}

/** Ends what we started, and waits for it. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function pids(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? Number(name) : []));
}

function statOf(pid: number): { pid: number; parent: number; ticks: number } | null {
  // The name is in parentheses and may hold anything; the figures come after it (proc(5)).
  const fields = readProc(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  if (fields.length < 13) return null;
  return { pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
