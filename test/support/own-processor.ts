import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, platform } from 'node:os';
import type { ChromiumMember } from './chromium.ts';

/** The least that Linux knows of (sched(7)): nobody who waits for a processor waits for such a one. */
const NICEST = 19;

/**
 * Friends have a computer each. Where all of them are on one, what one of them waits for is otherwise a measure of how busy the
 * others keep it: from now on half of the processors are that one's whenever it wants them, and the others share the rest and what is
 * left over. They are not kept to that rest alone, which on a slow computer a call can fill for good. Does nothing where a system cannot.
 */
export function giveOwnProcessor(alone: ChromiumMember, others: readonly ChromiumMember[]): void {
  const processors = availableParallelism();
  if (platform() !== 'linux' || processors < 2) return;
  const running = processTable();
  const half = `0-${Math.floor(processors / 2) - 1}`;
  for (const pid of processesOf(alone, running)) attempt('taskset', ['-a', '-p', '-c', half, pid]);
  for (const pid of others.flatMap((other) => processesOf(other, running))) {
    attempt('renice', ['-n', String(NICEST), '-p', pid]);
    // Between browsers it is this that counts where it is: each is a session of its own (sched(7), "The autogroup feature").
    unlessGone(() => writeFileSync(`/proc/${pid}/autogroup`, String(NICEST)));
  }
}

interface Process {
  pid: string;
  parent: string;
  args: string;
}

function processTable(): Process[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args=', '-ww'], { encoding: 'utf8' });
  return table.split('\n').map((line) => {
    const [pid = '', parent = '', ...args] = line.trim().split(/\s+/);
    return { pid, parent, args: args.join(' ') };
  });
}

function processesOf(member: ChromiumMember, running: readonly Process[]): string[] {
  const withChildren = (pid: string): string[] => [
    pid,
    ...running.filter(({ parent }) => parent === pid).flatMap((child) => withChildren(child.pid)),
  ];
  const roots = running.filter(({ args }) => args.includes(member.profile));
  return [...new Set(roots.flatMap((root) => withChildren(root.pid)))];
}

function attempt(command: string, args: readonly string[]): void {
  unlessGone(() => execFileSync(command, args, { stdio: 'ignore' }));
}

/** A process may have ended meanwhile, or its system allow no such thing. */
function unlessGone(act: () => void): void {
  try {
    act();
  } catch {
    // What is measured then is only slower.
  }
}
