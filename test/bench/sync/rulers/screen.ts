import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { end } from '../../processes.ts';

const DEPTH = 24;

/** A screen that nobody sees, with room for all windows side by side. */
export interface Screen extends AsyncDisposable {
  env: Record<string, string>;
  width: number;
  height: number;
}

export async function startScreen(width: number, height: number): Promise<Screen> {
  const child = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x${DEPTH}`, '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const told = child.stdio[3];
  if (!told || !('setEncoding' in told)) throw new Error('Xvfb has nothing to tell its number by');
  const [text] = (await Promise.race([
    once(told, 'data'),
    once(child, 'exit').then(() => {
      throw new Error('Xvfb does not start');
    }),
  ])) as [Buffer];
  return {
    env: { DISPLAY: `:${text.toString().trim()}` },
    width,
    height,
    [Symbol.asyncDispose]: () => end(child),
  };
}
