import { commandReply, type Command, type CommandReply } from '../../messaging/commands.ts';
import { ReconnectingPort } from '../../messaging/reconnecting-port.ts';
import { PORTS, type RuntimePort } from '../../messaging/runtime-port.ts';
import { after, Throttle, type After } from '../../messaging/throttle.ts';
import { view, type View } from '../../messaging/view.ts';

/** A page's line to the background: what to draw comes in, what the person wants goes out. */
export interface BackgroundLink {
  /** Calls back with each new view until the returned function is called. */
  subscribe: (listener: (view: View) => void) => () => void;
  /** Never rejects: what went wrong is a sentence in the reply. */
  ask: (command: Command) => Promise<CommandReply>;
}

/** Which door of the background a page comes in by, and what it shows there. */
export interface Entry {
  port: string;
  claim?: unknown;
}

/** The part of `browser.runtime` that a page of the extension uses. */
export interface PageRuntime {
  connect(info: { name: string }): RuntimePort;
  sendMessage(message: Command): Promise<unknown>;
}

const counted = view.pick({ acts: true });
/** Whoever cannot see the party can still leave it. */
const UNREADABLE: View = { party: null, lastProblem: null, unreadable: true };

/** A little less than between two views of the background, or each would wait for the next. */
const SHOW_EVERY_MS = 95;

export function backgroundLink(
  runtime: PageRuntime,
  { port: name, claim }: Entry = { port: PORTS.view },
  timers: After = after,
): BackgroundLink {
  return {
    subscribe: (listener) => {
      const arrivals = new Arrivals(listener, timers);
      const lifetime = new AbortController();
      const port = new ReconnectingPort<unknown, unknown>(
        { connect: () => runtime.connect({ name }), after: timers },
        // Only the latest view is worth parsing.
        (raw) => raw,
        { message: (raw) => arrivals.came(raw), opened: () => claim && port.send(claim) },
        lifetime.signal,
      );
      port.open();
      return () => {
        lifetime.abort();
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

  constructor(listener: (view: View) => void, timers: After) {
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

async function ask(runtime: PageRuntime, command: Command): Promise<CommandReply> {
  try {
    const reply = commandReply.safeParse(await runtime.sendMessage(command));
    return reply.success ? reply.data : { ok: false, message: 'StreamSync gave no clear answer. Try again.' };
  } catch {
    return { ok: false, message: 'StreamSync did not answer. Try again, or close and open this window.' };
  }
}
