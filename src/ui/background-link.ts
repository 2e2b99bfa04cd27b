import { commandReply, type Command, type CommandReply } from '../messaging/commands.ts';
import { Throttle, type After } from '../messaging/throttle.ts';
import { view, type View } from '../messaging/view.ts';

/** A page's line to the background: what to draw comes in, what the person wants goes out. */
export interface BackgroundLink {
  /** Calls back with each new view until the returned function is called. */
  subscribe: (listener: (view: View) => void) => () => void;
  /** Never rejects: what went wrong is a sentence in the reply. */
  ask: (command: Command) => Promise<CommandReply>;
}

interface Signal<Args extends unknown[]> {
  addListener(listener: (...args: Args) => void): void;
}

/** Which door of the background a page comes in by, and what it shows there. */
export interface Entry {
  port: string;
  claim?: unknown;
}

/** The part of `browser.runtime` that is used. */
export interface RuntimeEdge {
  connect(info: { name: string }): {
    onMessage: Signal<[unknown]>;
    postMessage(message: unknown): void;
    onDisconnect: Signal<[]>;
    disconnect(): void;
  };
  sendMessage(message: Command): Promise<unknown>;
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 3000;
const counted = view.pick({ acts: true });
/** Whoever cannot see the party can still leave it. */
const UNREADABLE: View = { party: null, lastProblem: null, unreadable: true };

/** A little less than between two views of the background, or each would wait for the next. */
const SHOW_EVERY_MS = 95;

/** Connecting also wakes a service worker that was stopped, so the line is simply laid again when it drops. */
export function backgroundLink(
  runtime: RuntimeEdge,
  entry: Entry = { port: 'view' },
  timers?: After,
): BackgroundLink {
  return {
    subscribe: (listener) => {
      const arrivals = new Arrivals(listener, timers);
      const hangUp = keepConnected(runtime, entry, (message) => arrivals.came(message));
      return () => {
        hangUp();
        arrivals.stop();
      };
    },
    ask: (command) => ask(runtime, command),
  };
}

/**
 * However many views come, and however busy the page is, it is shown the latest only, eleven times a second at most; but at once
 * what its person has done.
 */
class Arrivals {
  readonly #listener: (view: View) => void;
  readonly #showing: Throttle;
  #latest: unknown;
  #acts: unknown;
  #readable = false;

  constructor(listener: (view: View) => void, timers?: After) {
    this.#listener = listener;
    this.#showing = new Throttle(() => this.#show(), SHOW_EVERY_MS, timers);
  }

  came(message: unknown): void {
    const acts = counted.safeParse(message).data?.acts;
    this.#latest = message;
    this.#showing.ask();
    if (acts !== this.#acts) this.#showing.flush();
    this.#acts = acts;
  }

  stop(): void {
    this.#showing.stop();
  }

  #show(): void {
    const parsed = view.safeParse(this.#latest);
    // One that cannot be read takes nothing away from what is shown.
    if (!parsed.success && this.#readable) return;
    this.#readable = parsed.success;
    this.#listener(parsed.data ?? UNREADABLE);
  }
}

function keepConnected(runtime: RuntimeEdge, entry: Entry, came: (message: unknown) => void): () => void {
  let stop = () => undefined as unknown;
  let stopped = false;
  let retryMs = FIRST_RETRY_MS;

  const retry = () => {
    if (stopped) return;
    const timer = setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    stop = () => clearTimeout(timer);
  };
  const connect = () => {
    try {
      const port = runtime.connect({ name: entry.port });
      stop = () => port.disconnect();
      port.onDisconnect.addListener(retry);
      port.onMessage.addListener((message) => {
        if (stopped) return;
        retryMs = FIRST_RETRY_MS;
        came(message);
      });
      if (entry.claim) port.postMessage(entry.claim);
    } catch {
      // The extension was updated under an open page: connecting throws until the page is reloaded.
      retry();
    }
  };
  connect();
  return () => {
    stopped = true;
    stop();
  };
}

async function ask(runtime: RuntimeEdge, command: Command): Promise<CommandReply> {
  try {
    const reply = commandReply.safeParse(await runtime.sendMessage(command));
    return reply.success ? reply.data : { ok: false, message: 'StreamSync gave no clear answer. Try again.' };
  } catch {
    return { ok: false, message: 'StreamSync did not answer. Try again, or close and open this window.' };
  }
}
