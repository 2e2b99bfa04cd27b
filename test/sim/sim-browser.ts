import { PartyCore, type CoreHost } from '../../src/background/party-core.ts';
import { PORTS, type RuntimePort } from '../../src/messaging/runtime-port.ts';
import {
  savedSession,
  startSession,
  step,
  type SavedSession,
  type Session,
  type SessionEvent,
  type SessionStart,
} from '../../src/party/index.ts';
import type { Link } from './link.ts';
import { SimPort } from './port.ts';
import { SimSocket } from './sim-socket.ts';
import type { Crystal, World } from './world.ts';

/** The tab that takes part, and what is in it. */
export interface SimTab {
  readonly tabId: number;
  readonly url: string;
  /** Puts the player script into every frame that has none. */
  inject: () => void;
  /** Goes to that address: its page is loaded anew. */
  navigate: (url: string) => void;
}

export interface BrowserParts {
  name: string;
  crystal: Crystal;
  /** As `Date.now()`, off by hours. */
  wallMs: () => number;
  link: Link;
  tab: SimTab;
  start: SessionStart;
  /** Events that the session is not told; none but for calibration. */
  ignores: (event: SessionEvent) => boolean;
}

type Admit = (core: PartyCore, port: RuntimePort) => void;
interface OpenPort {
  port: SimPort;
  admit: Admit;
}

/** One user's browser: the shipped background, which can die and be started again, and ports to it. */
export class SimBrowser {
  /** Frames from the server. */
  framesHeard = 0;
  readonly #world: World;
  readonly #parts: BrowserParts;
  readonly #ports = new Set<OpenPort>();
  #core: PartyCore | null = null;
  /** Ends what a life of the background has begun. */
  #life = new AbortController();
  #lastSession: Session;
  #saved: SavedSession | null = null;
  #ids = 0;

  constructor(world: World, parts: BrowserParts) {
    this.#world = world;
    this.#parts = parts;
    this.#lastSession = startSession(parts.start);
    const core = this.#wake();
    void core.ready.then(() => core.begin(parts.start, null));
  }

  /** The background that runs now; `null` while it is dead. */
  get core(): PartyCore | null {
    return this.#core;
  }

  get session(): Session {
    return this.#core?.session ?? this.#lastSession;
  }

  /** Opens the port of a player script. */
  connectFrame(frameId: number): RuntimePort {
    return this.#connect(PORTS.player, frameId, (core, port) => core.playerConnected(port));
  }

  /** Opens the port of a page over the tab that can hold the call. */
  connectCall(): RuntimePort {
    return this.#connect(PORTS.call, undefined, (core, port) => core.call.admit(port, this.#parts.tab.tabId));
  }

  /** All ports are closed though pages and background live. */
  losePorts(): void {
    for (const { port } of this.#ports) port.lose();
    this.#ports.clear();
  }

  /** A background that is dead hears of the port as soon as it runs. */
  #connect(name: string, frameId: number | undefined, admit: Admit): RuntimePort {
    const { tabId, url } = this.#parts.tab;
    const port = new SimPort(this.#world, name, { frameId, url, tab: { id: tabId } });
    const opened = { port, admit };
    this.#ports.add(opened);
    if (this.#core) this.#hand(opened, this.#core);
    return port.page;
  }

  /** The browser ends the background, and starts it again after so long. What was not stored by now is lost. */
  killBackground(deadMs: number): void {
    if (!this.#core) return;
    this.#lastSession = this.session;
    this.#core = null;
    this.#life.abort();
    for (const { port } of this.#ports) port.cut();
    this.#ports.clear();
    this.#world.after(deadMs, () => this.#wake());
  }

  #hand({ port, admit }: OpenPort, core: PartyCore): void {
    admit(core, port.background);
    port.taken();
    this.#world.promised();
  }

  #wake(): PartyCore {
    this.#life = new AbortController();
    const core = new PartyCore(this.#host(this.#life.signal));
    this.#core = core;
    for (const opened of this.#ports) if (opened.port.isOpen) this.#hand(opened, core);
    this.#world.promised();
    return core;
  }

  #host(signal: AbortSignal): CoreHost {
    const world = this.#world;
    const { crystal, wallMs, link, tab, name, ignores } = this.#parts;
    // Each life's clock begins at nought.
    const clock = crystal.monotonic(0);
    const bornMs = clock();
    return {
      nowMs: () => clock() - bornMs,
      wallMs,
      random: world.random.next,
      newId: () => `${name}-${Math.round(world.nowMs * 1000)}-${++this.#ids}`,
      after: (delayMs, run) => world.after(delayMs, () => signal.aborted || run()),
      openSocket: () => {
        const socket = new SimSocket(link, () => (this.framesHeard += 1));
        signal.addEventListener('abort', () => socket.close());
        return socket;
      },
      step: (session, event, env) => {
        if (signal.aborted || ignores(event)) return { session, effects: [] };
        const result = step(session, event, env);
        const { phase } = result.session.connection;
        if (phase !== session.connection.phase) world.note(name, `is ${phase}`);
        return result;
      },
      load: () => world.promise(this.#saved && savedSession.parse(structuredClone(this.#saved))),
      store: (saved) => {
        this.#saved = saved;
        return world.promise(undefined);
      },
      sessionArea: {
        get: () => world.promise({}),
        set: () => world.promise(undefined),
        remove: () => world.promise(undefined),
      },
      tabs: {
        isPermitted: () => world.promise(true),
        injectPlayer: () => {
          tab.inject();
          return world.promise(true);
        },
        injectBridge: () => world.promise(false),
        exists: () => world.promise(true),
        navigate: (_, url) => {
          tab.navigate(url);
          return world.promise(undefined);
        },
        show: (_, url) => {
          tab.navigate(url);
          return world.promise(undefined);
        },
        create: () => world.promise(null),
      },
      isProbing: () => false,
      probe: () => world.promise({ status: 'ok', hiddenFrameOrigins: [] }),
      checkSite: () => Promise.reject(new Error('No site is checked here.')),
      capture: () => undefined,
      askPermission: () => undefined,
      partyChanged: () => undefined,
      showBadge: () => undefined,
      randomBytes: (count) => Uint8Array.from({ length: count }, () => world.random.whole(0, 255)),
      sha256: () => Promise.reject(new Error('No room is made here.')),
      log: (message) => world.note(name, message),
    };
  }
}
