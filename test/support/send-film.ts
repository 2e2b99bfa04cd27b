import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { contentType } from './content-type.ts';

const PIECE_BYTES = 32_768;
const LOOK_AGAIN_MS = 20;

/** What one viewer is sent of a film. */
export interface Sending {
  path: string;
  /** Bytes from here on are withheld until it grows; those past `indexFrom` never are. */
  untilByte: number;
  indexFrom: number;
}

/** Answers a request for a file, a film above all, by byte ranges, which seeking needs. */
export async function sendFilm(
  sending: () => Sending,
  range: string | undefined,
  response: ServerResponse,
): Promise<void> {
  const { path } = sending();
  await using file = await open(path);
  const { size } = await file.stat();
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const end = Math.min(size, match?.[2] ? Number(match[2]) + 1 : size);
  let at = Number(match?.[1] ?? 0);
  response.writeHead(match ? 206 : 200, {
    'content-type': contentType(path),
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'content-length': end - at,
    ...(match && { 'content-range': `bytes ${at}-${end - 1}/${size}` }),
  });
  const piece = Buffer.alloc(PIECE_BYTES);
  while (at < end && !response.destroyed) {
    const { untilByte, indexFrom } = sending();
    const stopAt = at >= indexFrom ? end : Math.min(end, Math.max(untilByte, 0));
    if (at >= stopAt) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      continue;
    }
    const { bytesRead } = await file.read(piece, 0, Math.min(PIECE_BYTES, stopAt - at), at);
    at += bytesRead;
    // The piece is filled again, so what is sent is a copy.
    if (!response.write(Buffer.from(piece.subarray(0, bytesRead)))) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
  response.end();
}
