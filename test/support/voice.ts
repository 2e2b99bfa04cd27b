import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RATE = 16_000;
/** A syllable and the pause after it. */
const SYLLABLE_SEC = 0.3;
const PAUSE_SEC = 0.08;
const PITCHES_HZ = [140, 210, 170, 260, 190, 120];

/** A WAV of something like a voice for `voiceSec`, then silence for `silenceSec`; a browser's fake microphone repeats it. */
export async function voiceFile(
  voiceSec: number,
  silenceSec: number,
): Promise<{ path: string; remove: () => Promise<void> }> {
  const samples = new Int16Array(Math.round((voiceSec + silenceSec) * RATE));
  for (let at = 0; at < voiceSec * RATE; at += 1) {
    // Syllables of a falling ramp with many overtones, like a glottis, each at another pitch: what stays the same for long
    // a browser takes for noise, and suppresses.
    const sec = at / RATE;
    const syllable = Math.floor(sec / (SYLLABLE_SEC + PAUSE_SEC));
    const inSec = sec - syllable * (SYLLABLE_SEC + PAUSE_SEC);
    if (inSec > SYLLABLE_SEC) continue;
    const pitchHz = (PITCHES_HZ[syllable % PITCHES_HZ.length] ?? 150) * (1 + inSec);
    samples[at] = Math.round(0.8 * (1 - 2 * ((inSec * pitchHz) % 1)) * 32_767);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  const folder = await mkdtemp(join(tmpdir(), 'streamsync-voice-'));
  const path = join(folder, 'voice.wav');
  await writeFile(path, Buffer.concat([head, Buffer.from(samples.buffer)]));
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
