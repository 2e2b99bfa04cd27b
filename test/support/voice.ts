import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RATE = 16_000;
const TONE_HZ = 150;
const SYLLABLES_PER_SEC = 4;

/** A WAV of something like a voice for `voiceSec`, then silence for `silenceSec`; a browser's fake microphone repeats it. */
export async function voiceFile(
  voiceSec: number,
  silenceSec: number,
): Promise<{ path: string; remove: () => Promise<void> }> {
  const samples = new Int16Array(Math.round((voiceSec + silenceSec) * RATE));
  for (let at = 0; at < voiceSec * RATE; at += 1) {
    const sec = at / RATE;
    // A glottis: a falling ramp with many overtones, at a pitch that moves; syllables: its loudness goes up and down.
    const phase = (sec * TONE_HZ + 3 * Math.sin(2 * Math.PI * sec)) % 1;
    const loud = 0.5 - 0.5 * Math.cos(2 * Math.PI * SYLLABLES_PER_SEC * sec);
    samples[at] = Math.round(0.4 * loud * (1 - 2 * phase) * 32_767);
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
