import { stripVTControlCharacters } from 'node:util';

/** Lines that stay, and below them, in a terminal, a part that is drawn again and again. */
export class Screen {
  readonly isLive: boolean;
  readonly #out: NodeJS.WriteStream;
  #live: readonly string[] = [];

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.isLive = out.isTTY;
  }

  say(...lines: string[]): void {
    this.#out.write(`${this.#erase()}${[...lines, ...this.#live].join('\n')}\n`);
  }

  /** Replaces the live part; does nothing where output is not a terminal. */
  draw(lines: readonly string[]): void {
    if (!this.isLive) return;
    const erase = this.#erase();
    // A wrapped line would be two, and the next erasing would miss one.
    this.#live = lines.map((line) => cut(line, this.#out.columns || 80));
    this.#out.write(`${erase}${this.#live.map((line) => `${line}\n`).join('')}`);
  }

  #erase(): string {
    return this.#live.length > 0 ? `\x1b[${this.#live.length}A\x1b[0J` : '';
  }
}

function cut(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length <= columns ? line : plain.slice(0, columns);
}
