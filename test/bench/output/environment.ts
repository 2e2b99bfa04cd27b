import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { chromiumPath } from '../../support/chromium.ts';

/** Where and on what the figures were made. */
export function environment(): Record<string, unknown> {
  return {
    at: new Date().toISOString(),
    commit: said('git', ['rev-parse', 'HEAD']),
    uncommitted: said('git', ['status', '--porcelain']) !== '',
    node: process.version,
    chromium: said(chromiumPath(), ['--version', '--no-sandbox']),
    system: `${process.platform} ${release()} ${process.arch}`,
    cores: cpus().length,
    cpu: cpus()[0]?.model,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg(),
  };
}

function said(command: string, args: string[]): string | null {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
