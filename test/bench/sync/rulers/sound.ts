import { execFile, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../../../support/until.ts';
import { end } from '../../processes.ts';
import { correlate } from './correlate.ts';
import type { Pair } from './pairs.ts';

export const RATE = 48_000;
/** The sink works in as small blocks as its most impatient client asks for. */
const WITHOUT_DELAY = ['--latency-msec=10'];
const START_MS = 5000;
const MAX_LAG_MS = 200;
/** Less alike than this is not the same noise: silence, or a film elsewhere. */
const LIKENESS = 0.3;

/** A sound card of nothing but wires: each browser plays into a channel of its own, and all are recorded as one. */
export interface SoundCard extends AsyncDisposable {
  /** For the browser of that channel. */
  envOf: (channel: number) => Record<string, string>;
  record: (path: string) => Promise<SoundRecording>;
  /** Plays 16-bit samples, all channels as one stream, to the end. */
  play: (path: string) => Promise<void>;
}

export interface SoundRecording {
  /** Of the host's clock, when the first sample was heard, within a few ms; it places what is found in time only. */
  startedAtMs: number;
  stop: () => Promise<void>;
}

export async function startSoundCard(channels: number): Promise<SoundCard> {
  await using started = new AsyncDisposableStack();
  const folder = started.adopt(await mkdtemp(join(tmpdir(), 'streamsync-sound-')), (each) =>
    rm(each, { recursive: true, force: true }),
  );
  const server = `unix:${folder}/socket`;
  const env = {
    PULSE_SERVER: server,
    PULSE_RUNTIME_PATH: folder,
    PULSE_STATE_PATH: folder,
    PULSE_COOKIE: `${folder}/cookie`,
  };
  const names = Array.from({ length: channels }, (_, index) => `aux${index}`);
  const load = [
    `module-native-protocol-unix auth-anonymous=1 socket=${folder}/socket`,
    `module-null-sink sink_name=wires rate=${RATE} channels=${channels} channel_map=${names.join(',')}`,
    ...names.map(
      (name) =>
        `module-remap-sink sink_name=${name} master=wires channels=1 channel_map=mono master_channel_map=${name} remix=no`,
    ),
  ];
  const daemon = started.adopt(
    spawn(
      'pulseaudio',
      [
        '-n',
        '--daemonize=no',
        '--exit-idle-time=-1',
        '--disable-shm=yes',
        ...load.flatMap((each) => ['-L', each]),
      ],
      { env: { ...process.env, ...env }, stdio: 'ignore' },
    ),
    end,
  );
  await until(
    async () => {
      if (daemon.exitCode !== null) throw new Error('pulseaudio does not start');
      const said = await promisify(execFile)('pactl', ['list', 'short', 'sinks'], {
        env: { ...process.env, ...env },
      }).catch(() => ({ stdout: '' }));
      return said.stdout.trim().split('\n').length === channels + 1
        ? null
        : 'pulseaudio has not all its sinks';
    },
    { timeoutMs: START_MS, everyMs: 100 },
  );
  const options: SpawnOptions = { env: { ...process.env, ...env }, stdio: 'ignore' };
  const format = [
    ...['--raw', '--format=s16le', `--rate=${RATE}`, '--no-remix'],
    ...[`--channels=${channels}`, `--channel-map=${names.join(',')}`],
  ];
  const running = started.move();
  return {
    envOf: (channel) => ({ ...env, PULSE_SINK: `aux${channel}` }),
    record: async (path) => {
      const recorder = spawn('parec', [...WITHOUT_DELAY, '-d', 'wires.monitor', ...format, path], options);
      await once(recorder, 'spawn');
      return { startedAtMs: performance.now(), stop: () => end(recorder) };
    },
    play: async (path) => {
      const player = spawn('pacat', ['--playback', '-d', 'wires', ...format, path], options);
      await once(player, 'exit');
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/**
 * What was heard, pair by pair, a figure for each second: how far the first film's sound is ahead of the second's. A
 * second without the same noise on both counts as not heard.
 */
export async function hearPairs(
  path: string,
  names: readonly string[],
  startedAtMs: number,
): Promise<Pair[]> {
  const bytes = await readFile(path);
  const frames = Math.floor(bytes.length / 2 / names.length);
  const stretch = (channel: number, from: number) => {
    const samples = new Float64Array(RATE);
    for (let index = 0; index < RATE; index += 1) {
      samples[index] = bytes.readInt16LE(((from + index) * names.length + channel) * 2);
    }
    return samples;
  };
  const pairs = names.flatMap((first, a) =>
    names.slice(a + 1).map((second, offset) => {
      const pair: Pair = { label: `${first} − ${second}`, errors: [], unseen: 0 };
      return { a, b: a + 1 + offset, pair };
    }),
  );
  for (let from = 0; from + RATE <= frames; from += RATE) {
    const heard = names.map((_, channel) => stretch(channel, from));
    for (const { a, b, pair } of pairs) {
      const [first, second] = [heard[a], heard[b]];
      if (!first || !second) continue;
      const { lagSamples, likeness } = correlate(first, second, (MAX_LAG_MS * RATE) / 1000);
      const atMs = startedAtMs + ((from + RATE / 2) / RATE) * 1000;
      // Who is ahead is heard earlier.
      if (likeness > LIKENESS) pair.errors.push({ atMs, ms: (-lagSamples / RATE) * 1000 });
      else pair.unseen += 1;
    }
  }
  return pairs.map(({ pair }) => pair);
}
