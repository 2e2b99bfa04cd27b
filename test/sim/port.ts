import type { FromPlayer, ToPlayer } from '../../src/messaging/player-port.ts';
import type { World } from './world.ts';

/** The runtime port of one frame: ordered, a few milliseconds long, and gone with the background. */
export class Port {
  toFrame: (message: ToPlayer) => void = () => undefined;
  toBackground: (message: FromPlayer) => void = () => undefined;
  closed: () => void = () => undefined;
  readonly #world: World;
  #lastMs = { frame: 0, background: 0 };
  #open = true;

  constructor(world: World) {
    this.#world = world;
  }

  sendToFrame(message: ToPlayer): void {
    this.#deliver('frame', () => this.toFrame(message));
  }

  sendToBackground(message: FromPlayer): void {
    this.#deliver('background', () => this.toBackground(message));
  }

  /** The frame is gone. */
  close(): void {
    this.#open = false;
  }

  /** The background died. */
  cut(): void {
    this.#open = false;
    this.#world.after(this.#world.random.between(0, 20), () => this.closed());
  }

  #deliver(to: 'frame' | 'background', run: () => void): void {
    const { nowMs, random } = this.#world;
    this.#lastMs[to] = Math.max(this.#lastMs[to], nowMs + random.between(0.2, 4));
    this.#world.after(this.#lastMs[to] - nowMs, () => {
      if (this.#open) run();
    });
  }
}
