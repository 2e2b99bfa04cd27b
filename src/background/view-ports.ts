import { post, type RuntimePort } from '../messaging/runtime-port.ts';
import { Throttle, type After } from '../messaging/throttle.ts';
import type { View } from '../messaging/view.ts';

const TELL_EVERY_MS = 100;

export interface ViewPortsEdges {
  view: () => View;
  /** What there is to show has changed, whether or not a page shows it. */
  told: () => void;
  after?: After;
}

/**
 * The pages that draw the party. Each is told the whole of it, so what others make happen is told ten times a second at most;
 * what this person has asked for at once.
 */
export class ViewPorts {
  readonly #ports = new Set<RuntimePort>();
  readonly #edges: ViewPortsEdges;
  readonly #telling: Throttle;
  #acts = 0;

  constructor(edges: ViewPortsEdges) {
    this.#edges = edges;
    this.#telling = new Throttle(() => this.#tell(), TELL_EVERY_MS, edges.after);
  }

  /** A page that is told all from now on. */
  add(port: RuntimePort, ready: Promise<void>): void {
    this.#ports.add(port);
    port.onDisconnect.addListener(() => this.#ports.delete(port));
    void ready.then(() => {
      if (this.#ports.has(port)) post(port, this.#view());
    });
  }

  changed(): void {
    this.#telling.ask();
  }

  /** This person has done something, and is to see it at once. */
  acted(): void {
    this.#acts += 1;
    this.#telling.ask();
    this.#telling.flush();
  }

  #view(): View {
    return { ...this.#edges.view(), acts: this.#acts };
  }

  #tell(): void {
    // To make a view costs; most of the time no page is open.
    const view = this.#ports.size > 0 ? this.#view() : null;
    for (const port of this.#ports) post(port, view);
    this.#edges.told();
  }
}
