import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A network that a program has for itself (Linux namespaces, which need no root where the system lets everybody have them):
 * no packet comes out of it or into it but by TCP through the doors that were opened.
 */
export interface OwnNetwork {
  /** A program that starts the given one there. */
  launcherOf: (program: string) => Promise<string>;
  /** Lets `127.0.0.1:port` be reached. */
  open: (port: number) => Promise<void>;
  close: () => Promise<void>;
}

const UNSHARE = ['--map-root-user', '--net'];
/** An interface that leads nowhere: a browser that sees none at all does not even ask a TURN server. */
const SETUP = [
  'ip link set lo up',
  'ip link add nowhere type bridge',
  'ip addr add 10.77.0.2/24 dev nowhere',
  'ip link set nowhere up',
  'ip route add default dev nowhere',
].join(' && ');
const INSIDE = fileURLToPath(new URL('own-network-inside.ts', import.meta.url));

/** Whether this system lets this user have such networks. */
export const canHaveOwnNetwork = (): boolean =>
  spawnSync('unshare', [...UNSHARE, 'sh', '-c', SETUP]).status === 0;

export async function ownNetwork(): Promise<OwnNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'streamsync-net-'));
  const doors: Server[] = [];
  return {
    launcherOf: async (program) => {
      const path = join(folder, 'launch');
      const start = [process.execPath, INSIDE, folder, program].map((word) => `'${word}'`).join(' ');
      const inside = join(folder, 'inside');
      await writeFile(inside, `${SETUP} && exec ${start} "$@"\n`);
      await writeFile(path, `#!/bin/sh\nexec unshare ${UNSHARE.join(' ')} sh '${inside}' "$@"\n`);
      await chmod(path, 0o700);
      return path;
    },
    open: async (port) => {
      const door = createServer((near) => {
        const far = connect({ port, host: '127.0.0.1', noDelay: true });
        near.pipe(far).pipe(near);
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          one.on('error', () => other.destroy());
          one.on('close', () => other.destroy());
        }
      });
      doors.push(door);
      await new Promise<void>((resolve) => door.listen(join(folder, String(port)), resolve));
    },
    close: async () => {
      for (const door of doors) door.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
