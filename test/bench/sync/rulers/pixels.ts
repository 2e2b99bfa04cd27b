import { spawn } from 'node:child_process';
import { end } from '../../processes.ts';
import { FPS } from '../film/clip.ts';
import { readFrame } from '../film/gray-code.ts';
import type { Pair } from './pairs.ts';
import type { Screen } from './screen.ts';

/** Not a part of the frame rate, so that grabs fall on all phases of a frame. */
const GRABS_PER_SEC = 3.7;

/** Where each film stands on the screen. */
export interface Place {
  left: number;
  top: number;
}

export interface Grabbing {
  /** Ends it, and tells what was seen: for each grab, the number of each film's frame. */
  stop: () => Promise<Grab[]>;
}

export interface Grab {
  atMs: number;
  frames: (number | null)[];
}

/** Grabs the whole screen again and again: what one grab shows, was shown at one moment, whatever any clock says. */
export function startGrabbing({ env, width, height }: Screen, places: readonly Place[]): Grabbing {
  const grabs: Grab[] = [];
  const recorder = spawn(
    'ffmpeg',
    [
      ...[
        '-v',
        'error',
        '-nostdin',
        '-f',
        'x11grab',
        '-draw_mouse',
        '0',
        '-framerate',
        String(GRABS_PER_SEC),
      ],
      ...['-video_size', `${width}x${height}`, '-i', env.DISPLAY ?? ''],
      ...['-f', 'rawvideo', '-pix_fmt', 'gray', '-fps_mode', 'passthrough', 'pipe:1'],
    ],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let rest: Buffer = Buffer.alloc(0);
  recorder.stdout.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= width * height) {
      const picture = rest.subarray(0, width * height);
      const frames = places.map(({ left, top }) => readFrame(picture, width, left, top));
      grabs.push({ atMs: performance.now(), frames });
      rest = rest.subarray(width * height);
    }
  });
  return {
    stop: async () => {
      await end(recorder);
      return grabs;
    },
  };
}

/** How far the first film's picture is ahead of the second's at each grab, in whole frames made into ms. */
export function seePairs(grabs: readonly Grab[], names: readonly string[]): Pair[] {
  return names.flatMap((first, a) =>
    names.slice(a + 1).map((second, offset) => {
      const pair: Pair = { label: `${first} − ${second}`, errors: [], unseen: 0 };
      for (const { atMs, frames } of grabs) {
        const one = frames[a] ?? null;
        const other = frames[a + 1 + offset] ?? null;
        if (one === null || other === null) pair.unseen += 1;
        else pair.errors.push({ atMs, ms: ((one - other) * 1000) / FPS });
      }
      return pair;
    }),
  );
}
