import { setTimeout as delay } from 'node:timers/promises';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../../sim/random.ts';
import { mean, median } from '../../statistics.ts';
import { DIRECT } from '../links/delays.ts';
import type { CheckRow } from '../outcome.ts';
import { openParty } from '../party.ts';
import { hearPairs, RATE, startSoundCard } from '../rulers/sound.ts';
import type { Bench } from '../scenario.ts';
import { openStage } from '../stage.ts';
import { PAIR, restAt, runAt, watchPair } from './calibration-pair.ts';

const WIRES_SEC = 6;
/** Each start rolls anew how picture and sound lie to the media clock, so one says little. */
const ROLL_SEC = 3;

/** The wires and the ear alone: one stream with the same noise on both channels, the second later. */
export async function checkWires(shiftMs: number): Promise<CheckRow> {
  const [soundPath, noisePath] = [temporary('heard'), temporary('noise')];
  const random = new Random(shiftMs + 1);
  const lag = (shiftMs * RATE) / 1000;
  const noise = Array.from({ length: WIRES_SEC * RATE }, () => Math.round(random.between(-8000, 8000)));
  const bytes = Buffer.alloc(noise.length * PAIR.length * 2);
  for (const [index, sample] of noise.entries()) {
    bytes.writeInt16LE(sample, index * 4);
    bytes.writeInt16LE(noise[index - lag] ?? 0, index * 4 + 2);
  }
  await writeFile(noisePath, bytes);
  await using card = await startSoundCard(PAIR.length);
  const recording = await card.record(soundPath);
  await card.play(noisePath);
  await recording.stop();
  const [pair] = await hearPairs(soundPath, PAIR, recording.startedAtMs);
  await Promise.all([rm(soundPath), rm(noisePath)]);
  const heard = (pair?.errors ?? []).map(({ ms }) => ms);
  return {
    check: 'the wires alone',
    ruler: 'sound',
    injected: shiftMs,
    recovered: median(heard),
    unit: 'ms',
    details: `${heard.length} samples`,
  };
}

/**
 * Both run free, the second in a film whose picture and sound are ahead. What the media clocks say apart is taken off,
 * so what is found beyond the shift is how a browser's picture and sound lie to its media clock.
 */
export async function checkShift(bench: Bench, shiftMs: number): Promise<CheckRow[]> {
  const { seed, seconds, raw } = bench;
  bench.say(`  shifted by ${shiftMs} ms …`);
  const clip = await bench.clip(60);
  const shifted = await bench.clip(60, shiftMs);
  await using stage = await openStage(PAIR.length);
  await using party = await openParty({
    names: PAIR,
    link: () => DIRECT,
    clip,
    clipOf: (name) => (name === PAIR[1] ? shifted : undefined),
    launch: stage.launch,
    seed,
  });
  const { members } = party;
  const soundPath = temporary('heard');
  const seen: number[] = [];
  const heard: number[] = [];
  for (let roll = 0; roll < Math.max(2, Math.round(seconds / ROLL_SEC)); roll += 1) {
    await Promise.all(members.map(({ browser }) => browser.page.evaluate(restAt, 10)));
    await delay(300);
    await Promise.all(members.map(({ browser }) => browser.page.evaluate(runAt, 1)));
    await delay(1500);
    const staged = await stage.watch(members, soundPath);
    const media = await watchPair(members, ROLL_SEC);
    const { pixels, sound } = await staged.stop();
    const mediaMs = median(media.map(({ ms }) => ms));
    const pixelMs = mean((pixels[0]?.errors ?? []).map(({ ms }) => ms));
    const soundMs = median((sound[0]?.errors ?? []).map(({ ms }) => ms));
    raw.line({ kind: 'roll', shiftMs, roll, mediaMs, pixelMs, soundMs });
    if (!Number.isNaN(pixelMs)) seen.push(mediaMs - pixelMs);
    if (!Number.isNaN(soundMs)) heard.push(mediaMs - soundMs);
  }
  await rm(soundPath, { force: true });
  const check = (ruler: string, found: readonly number[]): CheckRow => ({
    check: 'film shifted, against media clocks',
    ruler,
    injected: shiftMs,
    recovered: median(found),
    unit: 'ms',
    details: `median of ${found.length} starts, from ${Math.min(...found).toFixed(1)} to ${Math.max(...found).toFixed(1)}`,
  });
  return [check('pixels', seen), check('sound', heard)];
}

function temporary(what: string): string {
  return join(tmpdir(), `streamsync-${what}-${process.pid}.pcm`);
}
