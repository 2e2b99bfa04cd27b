import { pathToFileURL } from 'node:url';
import type * as Codec from '../../../src/protocol/codec.ts';
import { WIDE_PLACES, WIDE_SHAPES } from '../../protocol/wide-frames.ts';
import { median } from '../statistics.ts';
import type { DecodeCosts } from './decode-cost.ts';

/* Prints what each of the worst frames costs a checkout's codec. */

const CHARS = 62_000;
const REPEATS = 41;
const TOO_DEEP = { name: 'five times 4,000 levels', make: () => `[${Array(5).fill(nest(4000)).join(',')}]` };

const [, , dir = ''] = process.argv;
const file: unknown = await import(pathToFileURL(`${dir}/src/protocol/codec.ts`).href);
// Another checkout's module has the same shape: the name is older than any baseline.
const { decodeClientFrame } = file as typeof Codec;

const costs: DecodeCosts = Object.entries(WIDE_PLACES).flatMap(([place, at]) =>
  [...WIDE_SHAPES, TOO_DEEP].map(({ name, make }) => {
    const text = at(make(CHARS));
    const decode = () => {
      try {
        decodeClientFrame(text);
      } catch {
        // A codec that throws is another finding; what it cost until then is this one.
      }
    };
    const [decodeMs, parseMs] = [medianMs(decode), medianMs(() => JSON.parse(text) as unknown)];
    return { place, shape: name, bytes: Buffer.byteLength(text), decodeMs, parseMs };
  }),
);
process.stdout.write(JSON.stringify(costs));

function medianMs(run: () => unknown): number {
  const times = Array.from({ length: REPEATS }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return median(times);
}

function nest(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}
