import { z } from 'zod';

const sec = z.number().min(0).max(1e7);
/** Where ads are in a film's stream, by the element's clock: one each, or several in a row. Seconds. */
export const knownBreaks = z.array(z.object({ startElementSec: sec, lengthSec: sec })).max(200);
export type KnownBreak = z.infer<typeof knownBreaks>[number];
