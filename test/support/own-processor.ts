import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumPath } from './chromium.ts';

/** Starts of a browser, to be given to {@link launchChromium}; `undefined` where a machine cannot be shared out. */
export interface Launchers {
  /** On processors that it has for itself. */
  alone: string | undefined;
  /** On those that are left. */
  together: string | undefined;
  remove: () => Promise<void>;
}

/**
 * Friends have a computer each. Where all of them are on one, what one of them waits for is otherwise a measure of how busy the
 * others keep it: that one has half of the processors for itself, and the others share the rest.
 */
export async function ownProcessor(): Promise<Launchers> {
  const processors = availableParallelism();
  if (platform() !== 'linux' || processors < 2) {
    return { alone: undefined, together: undefined, remove: () => Promise.resolve() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'streamsync-cpu-'));
  const half = Math.floor(processors / 2);
  const launcher = async (name: string, first: number, last: number) => {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\nexec taskset -c ${first}-${last} '${chromiumPath()}' "$@"\n`);
    await chmod(path, 0o700);
    return path;
  };
  return {
    alone: await launcher('alone', 0, half - 1),
    together: await launcher('together', half, processors - 1),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
