import type { RawSample } from './media-clock.ts';
import type { Track } from './recording.ts';

const GRID_MS = 100;
/** Further apart than this, two samples say nothing of what was between. */
const GAP_MS = 1000;

export interface Span {
  fromMs: number;
  toMs: number;
}

export interface Instant {
  atMs: number;
  /** Where each film stood, in seconds; `null` where nobody saw it. */
  positionsSec: (number | null)[];
}

/** All films at the same instants, evenly apart, each between the two samples around it. */
export function alignTracks(tracks: readonly Track[], { fromMs, toMs }: Span, gridMs = GRID_MS): Instant[] {
  const cursors = tracks.map(() => 0);
  const instants: Instant[] = [];
  for (let atMs = fromMs; atMs <= toMs; atMs += gridMs) {
    const positionsSec = tracks.map(({ samples }, index) => {
      let next = cursors[index] ?? 0;
      while (next < samples.length && (samples[next]?.[0] ?? Infinity) < atMs) next += 1;
      cursors[index] = next;
      return between(samples[next - 1], samples[next], atMs);
    });
    instants.push({ atMs, positionsSec });
  }
  return instants;
}

function between(before: RawSample | undefined, after: RawSample | undefined, atMs: number): number | null {
  if (after?.[0] === atMs) return after[1];
  if (!before || !after || after[0] - before[0] > GAP_MS) return null;
  const part = (atMs - before[0]) / (after[0] - before[0]);
  return before[1] + (after[1] - before[1]) * part;
}

export interface Pair {
  label: string;
  /** The first ahead of the second by so much, in ms of the film; one for each instant at which both were seen. */
  errors: { atMs: number; ms: number }[];
  unseen: number;
}

export function pairErrors(names: readonly string[], instants: readonly Instant[]): Pair[] {
  return names.flatMap((first, a) =>
    names.slice(a + 1).map((second, offset) => {
      const pair: Pair = { label: `${first} − ${second}`, errors: [], unseen: 0 };
      for (const { atMs, positionsSec } of instants) {
        const one = positionsSec[a] ?? null;
        const other = positionsSec[a + 1 + offset] ?? null;
        if (one === null || other === null) pair.unseen += 1;
        else pair.errors.push({ atMs, ms: (one - other) * 1000 });
      }
      return pair;
    }),
  );
}

/** The largest distance between any two films at each instant; `null` where one was not seen. */
export function spreads(instants: readonly Instant[]): { atMs: number; ms: number | null }[] {
  return instants.map(({ atMs, positionsSec }) => {
    const seen = positionsSec.filter((position) => position !== null);
    const complete = seen.length === positionsSec.length;
    return { atMs, ms: complete ? (Math.max(...seen) - Math.min(...seen)) * 1000 : null };
  });
}

/**
 * From `actMs` to the moment from which all stay within `withinMs` of each other until the end of the span; `null` when
 * they do not get there. What nobody saw does not count as together.
 */
export function settledAfterMs(instants: readonly Instant[], actMs: number, withinMs: number): number | null {
  let settledAtMs: number | null = null;
  for (const { atMs, ms } of spreads(instants)) {
    const together = ms !== null && ms <= withinMs;
    settledAtMs = together ? (settledAtMs ?? atMs) : null;
  }
  return settledAtMs === null ? null : Math.max(0, settledAtMs - actMs);
}
