// Runs in a network namespace of its own, which leads nowhere: opens the doors that own-network.ts made in a
// folder, and starts the given program there. What is connected to such a door comes out on the other side of its Unix socket.
import { spawn } from 'node:child_process';
import { readdirSync, watch } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const [folder = '', program = '', ...args] = process.argv.slice(2);

const open = new Set<string>();
const lookForDoors = () => {
  for (const name of readdirSync(folder)) {
    const port = Number(name);
    if (!port || open.has(name)) continue;
    open.add(name);
    createServer({ noDelay: true }, (near) => {
      const far = connect(join(folder, name));
      near.pipe(far).pipe(near);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    }).listen(port, '127.0.0.1');
  }
};
watch(folder, lookForDoors);
lookForDoors();

// 3 and 4 are the pipe by which a browser is driven.
const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', 3, 4] });
child.on('exit', (code) => process.exit(code ?? 1));
