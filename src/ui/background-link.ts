import { commandReply, type Command, type CommandReply } from '../messaging/commands.ts';
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

/** Connecting also wakes a service worker that was stopped, so the line is simply laid again when it drops. */
export function backgroundLink(runtime: RuntimeEdge, entry: Entry = { port: 'view' }): BackgroundLink {
  return {
    subscribe: (listener) => keepConnected(runtime, entry, listener),
    ask: (command) => ask(runtime, command),
  };
}

function keepConnected(runtime: RuntimeEdge, entry: Entry, listener: (view: View) => void): () => void {
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
        const parsed = view.safeParse(message);
        if (stopped || !parsed.success) return;
        retryMs = FIRST_RETRY_MS;
        listener(parsed.data);
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
