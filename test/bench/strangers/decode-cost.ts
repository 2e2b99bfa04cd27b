import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

export const decodeCosts = z.array(
  z.object({
    place: z.string(),
    shape: z.string(),
    bytes: z.number(),
    /** Medians, of CPU time. */
    decodeMs: z.number(),
    /** Of `JSON.parse` alone, at the same time. */
    parseMs: z.number(),
  }),
);
export type DecodeCosts = z.infer<typeof decodeCosts>;

const CHILD = fileURLToPath(new URL('decode-child.ts', import.meta.url));

/** What decoding the worst frames costs the server of a checkout. */
export async function measureDecoding(dir: string): Promise<DecodeCosts> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, dir], { maxBuffer: 2 ** 24 });
  return decodeCosts.parse(JSON.parse(stdout));
}
