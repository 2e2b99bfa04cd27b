/** Every port of the extension, by the name with which it is opened (docs/architecture.md, "Ports"). */
export const PORTS = {
  /** A player script in a frame of a page: player-port.ts. */
  player: 'player',
  /** A page of the extension that draws the party: view.ts. */
  view: 'view',
  /** A side panel that can be seen; it is told views. */
  panel: 'panel',
  /** An overlay over a page; it is told views once it has shown its secret: overlay.ts. */
  overlay: 'overlay',
  /** A page that can hold the call: call-port.ts. */
  call: 'call',
  /** The offscreen document that captures camera and microphone. */
  capture: 'capture',
} as const;

interface PortEvent<Args extends unknown[]> {
  addListener(listener: (...args: Args) => void): void;
}

/** Who opened a port, as the browser says. */
export interface PortSender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly frameId?: number | undefined;
  readonly documentId?: string | undefined;
  readonly tab?: { readonly id?: number | undefined } | undefined;
}

/** One end of a runtime port: the part of `browser.runtime.Port` that is used, so that tests can have one without a browser. */
export interface RuntimePort {
  readonly name: string;
  readonly sender?: PortSender | undefined;
  readonly onMessage: PortEvent<[message: unknown]>;
  readonly onDisconnect: PortEvent<[]>;
  postMessage(message: unknown): void;
  disconnect(): void;
}

/** Sends to a port whose other end may have closed between two events; its `onDisconnect` tells that by itself. */
export function post(port: Pick<RuntimePort, 'postMessage'>, message: unknown): void {
  try {
    port.postMessage(message);
  } catch {
    // Browsers throw on a port that is closed.
  }
}
