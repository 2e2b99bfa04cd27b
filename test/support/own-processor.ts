import { execFileSync } from 'node:child_process';
import { availableParallelism, platform } from 'node:os';
import type { ChromiumMember } from './chromium.ts';

/**
 * Friends have a computer each. Where all of them are on one, what one of them waits for is otherwise a measure of how busy the
 * others keep it: from now on that one has half of the processors for itself, and the others share the rest. Does nothing where a
 * system cannot.
 */
export function giveOwnProcessor(alone: ChromiumMember, others: readonly ChromiumMember[]): void {
  const processors = availableParallelism();
  if (platform() !== 'linux' || processors < 2) return;
  const half = Math.floor(processors / 2);
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args=', '-ww'], { encoding: 'utf8' });
  const running = table.split('\n').map((line) => {
    const [pid = '', parent = '', ...args] = line.trim().split(/\s+/);
    return { pid, parent, args: args.join(' ') };
  });
  const withChildren = (pid: string): string[] => [
    pid,
    ...running.filter(({ parent }) => parent === pid).flatMap((child) => withChildren(child.pid)),
  ];
  const keepOn = (member: ChromiumMember, first: number, last: number) => {
    const roots = running.filter(({ args }) => args.includes(member.profile));
    for (const pid of new Set(roots.flatMap((root) => withChildren(root.pid)))) {
      try {
        execFileSync('taskset', ['-a', '-p', '-c', `${first}-${last}`, pid], { stdio: 'ignore' });
      } catch {
        // It has ended meanwhile, or may not be where this system has no such processors.
      }
    }
  };
  keepOn(alone, 0, half - 1);
  for (const other of others) keepOn(other, half, processors - 1);
}
