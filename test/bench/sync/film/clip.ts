import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { FramePainter, HEIGHT, WIDTH } from './gray-code.ts';

export const FPS = 60;
const CACHE = fileURLToPath(new URL('../../../sites/bench/clips/', import.meta.url));
const SOUND_RATE = 48_000;
/** Of the film's picture and sound, in bits per second: little to decode, and noise that keeps its shape. */
const BITRATE = { video: '300k', audio: '96k' };

/**
 * A film whose frames carry their numbers and whose sound is white noise, made once and kept. A shifted one shows and
 * sounds, at each of its times, what the plain one does `shiftMs` later.
 */
export async function makeClip(seconds: number, shiftMs = 0): Promise<string> {
  const path = `${CACHE}noise-${seconds}s-shift-${shiftMs}ms.webm`;
  if (existsSync(path)) return path;
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${path}.${process.pid}.part`;
  const firstFrame = Math.ceil((shiftMs / 1000) * FPS - 1e-9);
  const firstAtMs = (firstFrame * 1000) / FPS - shiftMs;
  const child = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-nostdin', '-y'],
      ...[
        '-f',
        'rawvideo',
        '-pix_fmt',
        'gray',
        '-s',
        `${WIDTH}x${HEIGHT}`,
        '-r',
        String(FPS),
        '-i',
        'pipe:0',
      ],
      ...['-f', 'lavfi', '-i', `anoisesrc=r=${SOUND_RATE}:c=white:a=0.25:seed=20261124:d=${seconds + 1}`],
      ...[
        '-vf',
        `settb=1/90000,setpts=PTS+${Math.round(firstAtMs * 90)}`,
        '-fps_mode',
        'passthrough',
        '-enc_time_base',
        '1/90000',
      ],
      ...['-af', `atrim=start_sample=${(shiftMs * SOUND_RATE) / 1000},asetpts=N/SR/TB`],
      ...[
        '-c:v',
        'libvpx',
        '-deadline',
        'realtime',
        '-cpu-used',
        '8',
        '-b:v',
        BITRATE.video,
        '-g',
        String(FPS),
      ],
      ...['-c:a', 'libopus', '-b:a', BITRATE.audio, '-t', String(seconds), '-f', 'webm', unfinished],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const exited = once(child, 'exit');
  // It stops reading once it has as much as it was asked for.
  child.stdin.on('error', () => undefined);
  const painter = new FramePainter();
  for (let frame = firstFrame; frame < firstFrame + seconds * FPS && child.stdin.writable; frame += 1) {
    painter.show(frame);
    if (!child.stdin.write(Buffer.from(painter.picture))) {
      await Promise.race([once(child.stdin, 'drain'), exited]);
    }
  }
  child.stdin.end();
  await exited;
  if (child.exitCode !== 0)
    throw new Error(`ffmpeg could not make the film (exit ${child.exitCode ?? 'by signal'})`);
  await rename(unfinished, path);
  return path;
}
