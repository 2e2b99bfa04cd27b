import { decodeClientFrame, type ClientPayload } from '../../src/protocol/index.ts';
import { createHub, type Hub } from '../../src/server/hub.ts';
import type { Connection } from './connection.ts';
import type { World } from './world.ts';

/** The real hub, which can be killed and started again with nothing left of its memory. */
export class SimServer {
  hub: Hub | null = null;
  frames = 0;
  readonly #world: World;
  readonly #connections = new Set<Connection>();
  readonly #intents = new Set<string>();
  readonly #contents = new Set<string>();
  /** The states that came, each once, in order. */
  readonly states: ClientPayload<'watch/playback_state'>[] = [];
  #skewMs = 0;
  #ids = 0;

  constructor(world: World) {
    this.#world = world;
    this.start();
  }

  /** Each life has a clock of its own. */
  start(): void {
    const { random, time } = this.#world;
    this.#skewMs = random.between(-3_600_000, 3_600_000);
    let alive = true;
    this.#stop = () => (alive = false);
    this.hub = createHub({
      nowMs: this.nowMs,
      setTimer: (run, delayMs) => time.setTimer(() => alive && run(), delayMs),
      randomId: () => `server-${String(++this.#ids).padStart(12, '0')}`,
    });
    this.#world.note('server', 'starts');
  }
  #stop: () => void = () => undefined;

  kill(): void {
    this.#world.note('server', 'is killed');
    this.#stop();
    this.hub = null;
    for (const connection of this.#connections) connection.reset();
    this.#connections.clear();
  }

  readonly nowMs = (): number => this.#world.time.nowMs + this.#skewMs;

  accept(connection: Connection): void {
    if (!this.hub) {
      connection.refuse();
      return;
    }
    this.#connections.add(connection);
    connection.open(this.hub);
  }

  /** Every frame that reaches the server. A repeated one has its request's id. */
  heard(text: string): void {
    this.frames += 1;
    if (!text.includes('"watch/')) return;
    const decoded = decodeClientFrame(text);
    if (!decoded.ok) throw new Error(`a frame off the protocol: ${decoded.error.message}`);
    const { message } = decoded;
    const { requestId = text } = message;
    if (message.type === 'watch/playback_state' && !this.#intents.has(requestId)) {
      this.#intents.add(requestId);
      this.states.push(message.payload);
    }
    if (message.type === 'watch/set_content') {
      this.#contents.add(requestId);
      this.#world.note('server', `hears of ${message.payload.contentId}`);
    }
  }

  get intentsHeard(): number {
    return this.#intents.size;
  }

  get contentsHeard(): number {
    return this.#contents.size;
  }
}
