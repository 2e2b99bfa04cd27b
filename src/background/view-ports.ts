import type { Browser } from 'wxt/browser';
import { Throttle, type After } from '../messaging/throttle.ts';
import type { View } from '../messaging/view.ts';

const TELL_EVERY_MS = 100;

export interface ViewPortsEdges {
  view: () => View;
  /** What the pages were told. */
  told: (view: View) => void;
  after?: After;
}

/**
 * The pages that draw the party. Each is told the whole of it, so what others make happen is told ten times a second at most;
 * what this person has asked for at once.
 */
export class ViewPorts {
  readonly #ports = new Set<Browser.runtime.Port>();
  readonly #edges: ViewPortsEdges;
  readonly #telling: Throttle;
  #acts = 0;

  constructor(edges: ViewPortsEdges) {
    this.#edges = edges;
    this.#telling = new Throttle(() => this.#tell(), TELL_EVERY_MS, edges.after);
  }

  /** A page that is told all from now on. */
  add(port: Browser.runtime.Port, ready: Promise<void>): void {
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
    const view = this.#view();
    for (const port of this.#ports) post(port, view);
    this.#edges.told(view);
  }
}

function post(port: Browser.runtime.Port, view: View): void {
  try {
    port.postMessage(view);
  } catch {
    // The page closed between two events; its port says so by itself.
  }
}
