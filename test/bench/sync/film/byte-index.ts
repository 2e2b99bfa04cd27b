import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Which bytes of a film hold which of its times. */
export interface ByteIndex {
  /** All that is needed to play up to there lies before this byte. */
  byteAt: (positionSec: number) => number;
  /** From here on the file holds no film, but what a player needs to seek. */
  indexFrom: number;
}

const BUFFER_BYTES = 2 ** 27;
/** Chromium asks for whole blocks of 32 kB, so for what stands before the index too. */
const BLOCK_BYTES = 65_536;

export async function readByteIndex(path: string): Promise<ByteIndex> {
  const { stdout } = await promisify(execFile)(
    'ffprobe',
    ['-v', 'error', '-show_entries', 'packet=pts_time,pos,size', '-of', 'csv=p=0', path],
    { maxBuffer: BUFFER_BYTES },
  );
  const packets = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number))
    .map(([sec = 0, size = 0, byte = 0]) => ({ sec, byte, end: byte + size }));
  return {
    byteAt: (positionSec) => packets.find(({ sec }) => sec > positionSec)?.byte ?? Infinity,
    indexFrom: packets.reduce((last, { end }) => Math.max(last, end), 0) - BLOCK_BYTES,
  };
}
