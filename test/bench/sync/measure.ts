import type { RawLog } from '../output/raw-log.ts';
import { cpuSec, treeOf } from '../processes.ts';
import { figuresOf, median } from '../statistics.ts';
import { logTracks } from './output/raw-tracks.ts';
import type { AnyMember, Party } from './party.ts';
import type { ErrorRow, Plot } from './outcome.ts';
import { effortOf } from './rulers/effort.ts';
import { errorsToIdeal } from './rulers/ideal.ts';
import { alignTracks, pairErrors, type Pair, type Span } from './rulers/pairs.ts';
import { Recording, type Track } from './rulers/recording.ts';

/** Where a film should stand at a time of the host's. */
export type IdealAt = (atMs: number) => number | null;

export interface Watching {
  /** Ends it, and tells what was seen. */
  stop: () => Promise<Seen>;
}

export interface Seen {
  tracks: Track[];
  cpuCores: number;
}

/** Reads all films, and what their browsers compute, until it is stopped. */
export function startWatching(members: readonly AnyMember[]): Watching {
  const recording = new Recording(members);
  const cpu = () => members.reduce((sum, { pid }) => sum + cpuSec(treeOf(pid)), 0);
  const startedAtMs = performance.now();
  const cpuBefore = cpu();
  return {
    stop: async () => {
      const cpuCores = (cpu() - cpuBefore) / ((performance.now() - startedAtMs) / 1000);
      return { tracks: await recording.stop(), cpuCores };
    },
  };
}

/** The room's timeline, as this party's server has told it. */
export function idealOf({ ideal, serverClock }: Party): IdealAt {
  const { offsetMs } = serverClock.mapping();
  return (atMs) => ideal.positionSec(atMs, offsetMs);
}

export interface Judged {
  row: ErrorRow;
  plot: Plot;
}

/** What the media clocks say of a span in which nobody acted. */
export function judge(
  what: { scenario: string; variant: string; player: string; roomRate?: number },
  { tracks, cpuCores }: Seen,
  span: Span,
  idealAt: IdealAt | null,
  raw: RawLog,
): Judged {
  const { scenario, variant, player, roomRate = 1 } = what;
  const names = tracks.map(({ name }) => name);
  const instants = alignTracks(tracks, span);
  const pairs = pairErrors(names, instants);
  const toIdeal = idealAt && names.map((_, index) => errorsToIdeal(instants, index, idealAt));
  logTracks(raw, { variant, player, span }, tracks);
  const clockBoundMs = Math.max(...tracks.map(({ mapping }) => mapping.boundMs));
  const consistent = tracks.every(({ mapping }) => mapping.consistent);
  const row: ErrorRow = {
    variant,
    player,
    ruler: 'media clock',
    pairs: figuresOf(allErrors(pairs)),
    biasMs: biasOf(pairs),
    ideal: toIdeal && figuresOf(toIdeal.flatMap((errors) => errors.map(({ ms }) => ms))),
    effort: effortOf(tracks, span, roomRate),
    cpuCores,
    unseen: pairs.reduce((sum, { unseen }) => sum + unseen, 0),
    details: {
      seconds: (span.toMs - span.fromMs) / 1000,
      clockBoundMs,
      ...(!consistent && { warning: 'a page’s clock did not run as the host’s does' }),
      ...Object.fromEntries(pairs.map((pair) => [`median ${pair.label} ms`, medianOf(pair)])),
      ...(toIdeal &&
        Object.fromEntries(
          names.map((name, index) => [
            `median ${name} − room ms`,
            median(toIdeal[index]?.map(({ ms }) => ms) ?? []),
          ]),
        )),
    },
  };
  const plot: Plot = {
    title: [scenario, variant, player].filter(Boolean).join(', '),
    name: [scenario, variant, player]
      .filter(Boolean)
      .join('-')
      .replaceAll(/[^\w-]+/g, '-'),
    series: pairs.map(({ label, errors }) => ({
      label,
      points: errors.map(({ atMs, ms }) => [(atMs - span.fromMs) / 1000, ms] as const),
    })),
  };
  return { row, plot };
}

export function allErrors(pairs: readonly Pair[]): number[] {
  return pairs.flatMap(({ errors }) => errors.map(({ ms }) => ms));
}

export function biasOf(pairs: readonly Pair[]): number {
  return Math.max(...pairs.map((pair) => Math.abs(medianOf(pair))));
}

function medianOf({ errors }: Pair): number {
  return median(errors.map(({ ms }) => ms));
}
