/** The part of a film that ducking needs. */
export interface Loudness {
  volume: number;
}

export interface DuckingEdges {
  /** Calls back every so many ms until the returned function is called. */
  every: (periodMs: number, run: () => void) => () => void;
}

const STEP_MS = 40;
/** A fall in a fifth of a second is not heard as a cut; the way back may take longer, since speech has pauses. */
const FALL_PER_STEP = 0.2;
const RISE_PER_STEP = 0.05;
/** Sites and browsers round what they are told. */
const SAME = 0.005;

/**
 * Makes a film quieter while friends speak, and gives back the very loudness it had. A person's own change of the
 * loudness in between stands: it is what is gone back to, and this speech is not ducked any more.
 */
export class Ducking {
  readonly #film: Loudness;
  readonly #edges: DuckingEdges;
  #level = 1;
  #part = 1;
  /** As loud as the person has it; `null` while nothing of it is changed. */
  #own: number | null = null;
  #written = 0;
  #stop: (() => void) | null = null;

  constructor(film: Loudness, edges: DuckingEdges) {
    this.#film = film;
    this.#edges = edges;
  }

  /** @param level How loud the film is to be, as a part (0 to 1) of what the person has set; 1 ends it. */
  to(level: number): void {
    if (level === this.#level) return;
    this.#level = level;
    this.#stop ??= this.#edges.every(STEP_MS, () => this.#step());
  }

  /**
   * Gives the loudness back at once: the page is about to read it, since somebody else changed volume or mute, or since it
   * goes. A volume that somebody else set stands.
   */
  end(): void {
    if (this.#own !== null && this.#untouched()) this.#film.volume = this.#own;
    this.#rest();
  }

  #step(): void {
    if (this.#own === null) {
      this.#own = this.#film.volume;
      this.#part = 1;
    } else if (!this.#untouched()) return this.#rest();
    const stepped =
      this.#part > this.#level
        ? Math.max(this.#level, this.#part - FALL_PER_STEP)
        : Math.min(this.#level, this.#part + RISE_PER_STEP);
    this.#part = stepped;
    this.#written = stepped === 1 ? this.#own : this.#own * stepped;
    this.#film.volume = this.#written;
    if (stepped === 1) this.#rest();
  }

  #untouched(): boolean {
    return Math.abs(this.#film.volume - this.#written) <= SAME;
  }

  #rest(): void {
    this.#stop?.();
    this.#stop = null;
    this.#own = null;
    this.#part = 1;
  }
}
