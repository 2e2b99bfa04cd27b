import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { LoggedPassage } from '../links/link.ts';
import type { Track } from '../rulers/recording.ts';

/** Everything that the figures of a scenario were made of, a JSON value a line, compressed. */
export class RawLog {
  readonly #gzip = createGzip();
  readonly #written: Promise<void>;

  constructor(path: string) {
    const file = createWriteStream(path);
    this.#gzip.pipe(file);
    this.#written = finished(file);
  }

  line(value: unknown): void {
    this.#gzip.write(`${JSON.stringify(value)}\n`);
  }

  /** Times on the host's clock. */
  tracks(head: object, tracks: readonly Track[]): void {
    this.line({ kind: 'run', ...head });
    for (const { name, samples, events, frames, mapping } of tracks) {
      this.line({ kind: 'page clock', member: name, ...mapping });
      this.line({ kind: 'frames', member: name, first: frames[0], last: frames.at(-1) });
      for (const sample of samples) this.line(['sample', name, ...sample]);
      for (const event of events) this.line({ kind: 'event', member: name, ...event });
    }
  }

  passages(member: string, passages: readonly LoggedPassage[]): void {
    for (const passage of passages) this.line({ kind: 'passage', member, ...passage });
  }

  async close(): Promise<void> {
    this.#gzip.end();
    await this.#written;
  }
}
