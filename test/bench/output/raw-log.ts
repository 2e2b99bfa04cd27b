import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Everything that figures were made of, a JSON value a line, compressed. */
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

  async close(): Promise<void> {
    this.#gzip.end();
    await this.#written;
  }
}
