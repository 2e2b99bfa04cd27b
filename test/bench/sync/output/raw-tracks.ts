import type { RawLog } from '../../output/raw-log.ts';
import type { LoggedPassage } from '../links/link.ts';
import type { Track } from '../rulers/recording.ts';

/** Times on the host's clock. */
export function logTracks(raw: RawLog, head: object, tracks: readonly Track[]): void {
  raw.line({ kind: 'run', ...head });
  for (const { name, samples, events, frames, mapping } of tracks) {
    raw.line({ kind: 'page clock', member: name, ...mapping });
    raw.line({ kind: 'frames', member: name, first: frames[0], last: frames.at(-1) });
    for (const sample of samples) raw.line(['sample', name, ...sample]);
    for (const event of events) raw.line({ kind: 'event', member: name, ...event });
  }
}

export function logPassages(raw: RawLog, member: string, passages: readonly LoggedPassage[]): void {
  for (const passage of passages) raw.line({ kind: 'passage', member, ...passage });
}
