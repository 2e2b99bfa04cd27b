import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumPath } from './chromium.ts';

/** Each step of niceness is a quarter more for whoever has less of it (sched(7)); five make it three times as much. */
const NICENESS = 5;

/**
 * Starts Chromium so that another browser has the processor first. Friends have a computer each; where all of them are on one,
 * what one of them sees is otherwise a measure of how busy the others keep it.
 */
export async function yieldingLauncher(): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'streamsync-nice-'));
  const path = join(folder, 'launch');
  await writeFile(path, `#!/bin/sh\nexec nice -n ${NICENESS} '${chromiumPath()}' "$@"\n`);
  await chmod(path, 0o700);
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
