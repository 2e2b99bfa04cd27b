import type { Span } from './pairs.ts';
import type { Track } from './recording.ts';

/** What holding the films together took. */
export interface Effort {
  seeksPerMin: number;
  rateWritesPerMin: number;
  /** The furthest that any rate was from the room's, as a part of it. */
  maxRateOff: number;
  /** Part of all frames that came too late to be shown, from beginning to end. */
  droppedPart: number;
}

/** Of all members together, per member and minute. */
export function effortOf(tracks: readonly Track[], { fromMs, toMs }: Span, roomRate: number): Effort {
  const within = (atMs: number) => atMs >= fromMs && atMs <= toMs;
  const events = tracks.flatMap((track) => track.events.filter(({ atMs }) => within(atMs)));
  const perMin = (type: string) =>
    events.filter((event) => event.type === type).length / tracks.length / ((toMs - fromMs) / 60_000);
  const rates = tracks.flatMap(({ samples }) =>
    samples.filter(([atMs]) => within(atMs)).map(([, , rate]) => rate),
  );
  const eventRates = events.map(({ rate }) => rate);
  const maxRateOff = [...rates, ...eventRates].reduce(
    (most, rate) => Math.max(most, Math.abs(rate / roomRate - 1)),
    0,
  );
  let dropped = 0;
  let total = 0;
  for (const { frames } of tracks) {
    dropped += (frames.at(-1)?.dropped ?? 0) - (frames[0]?.dropped ?? 0);
    total += (frames.at(-1)?.total ?? 0) - (frames[0]?.total ?? 0);
  }
  return {
    seeksPerMin: perMin('seeking'),
    rateWritesPerMin: perMin('ratechange'),
    maxRateOff,
    droppedPart: total === 0 ? NaN : dropped / total,
  };
}
