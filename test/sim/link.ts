import { Connection, type SocketEvents } from './connection.ts';
import type { SimServer } from './sim-server.ts';
import type { World } from './world.ts';

/** When TCP tries again to connect, after the first SYN was lost (RFC 6298 §5.5, from 1 s on). */
const SYN_AGAIN_MS = [1000, 2000, 4000];

/** One member's way to the server. */
export class Link {
  readonly #world: World;
  readonly #server: SimServer;
  readonly #baseMs: { up: number; down: number };
  readonly #jitterMs: number;
  readonly #spikeChance: number;
  #current: Connection | null = null;
  /** Packets vanish until then; TCP sends them again later. */
  #silentUntilMs = 0;
  #refusesUntilMs = 0;

  constructor(world: World, server: SimServer) {
    const { random } = world;
    this.#world = world;
    this.#server = server;
    const oneWayMs = random.pick([1, 8, 25, 60, 120]);
    // Half the asymmetry is an error no clock exchange can see, so it is kept well below what the properties allow.
    const asymmetryMs = Math.min(oneWayMs, 15) * random.between(-1, 1);
    this.#baseMs = { up: oneWayMs + asymmetryMs, down: oneWayMs - asymmetryMs };
    this.#jitterMs = random.pick([0, 2, 10, 30]);
    this.#spikeChance = random.pick([0, 0.02, 0.05]);
  }

  get works(): boolean {
    return this.#current?.works ?? false;
  }

  delayMs(way: 'up' | 'down'): number {
    const { random } = this.#world;
    const spikeMs = random.chance(this.#spikeChance) ? random.between(50, 400) : 0;
    return this.#baseMs[way] - this.#jitterMs * Math.log(1 - random.next()) + spikeMs;
  }

  /** When something sent now arrives. */
  arrivalMs(way: 'up' | 'down'): number {
    const { nowMs, random } = this.#world;
    const soonMs = nowMs + this.delayMs(way);
    return nowMs < this.#silentUntilMs
      ? this.#silentUntilMs + random.between(0, 800) + soonMs - nowMs
      : soonMs;
  }

  /** A WebSocket from the member's background; it may never come to be. */
  connect(events: SocketEvents): Connection {
    const connection = new Connection(this.#world, this, events, (text) => this.#server.heard(text));
    this.#current = connection;
    this.#attempt(connection, 0);
    return connection;
  }

  /** The connection breaks, and no other can be made for so long. */
  breakFor(ms: number): void {
    this.#refusesUntilMs = this.#world.nowMs + ms;
    this.#current?.reset();
  }

  silenceFor(ms: number): void {
    this.#silentUntilMs = Math.max(this.#silentUntilMs, this.#world.nowMs + ms);
  }

  /** As behind a router that forgot the connection: only a new one works. */
  killSilently(): void {
    this.#current?.die();
  }

  #attempt(connection: Connection, tries: number): void {
    const { nowMs } = this.#world;
    if (nowMs < this.#silentUntilMs) {
      const waitMs = SYN_AGAIN_MS[tries];
      if (waitMs !== undefined) this.#world.after(waitMs, () => this.#attempt(connection, tries + 1));
      return;
    }
    const tripMs = () => this.delayMs('up') + this.delayMs('down');
    if (nowMs < this.#refusesUntilMs || !this.#server.hub) {
      this.#world.after(tripMs(), () => connection.refuse());
      return;
    }
    // TCP's handshake, and the way up of the upgrade request.
    this.#world.after(tripMs() + this.delayMs('up'), () => this.#server.accept(connection));
  }
}
