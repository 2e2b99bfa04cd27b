import { vi } from 'vitest';
import { PartyCore, type CoreHost } from '../../src/background/party-core.ts';
import type { TabHost } from '../../src/background/tab-host.ts';
import type { RawSocket } from '../../src/background/socket.ts';
import type { FromPlayer, ToPlayer } from '../../src/messaging/player-port.ts';
import { step, type SavedSession } from '../../src/party/index.ts';
import { encode, type ServerPayload, type ServerType } from '../../src/protocol/index.ts';
import { joinedPayload, playback, ROOM, start } from '../party/support.ts';
import { FakePort } from '../support/fake-port.ts';
import { VirtualTime } from '../support/virtual-time.ts';

export const TAB = start.tabId ?? 0;
export const FILM_URL = 'https://films.example/one';
const BOB = { userId: 'bob', displayName: 'Bob' };
export const CAPS = ['history', 'timeline', 'typing', 'faces'];

/** The browser's end of a socket whose other end is the test's. */
export class FakeSocket implements RawSocket {
  readyState: number = WebSocket.OPEN;
  sent: { type: string; requestId: string; payload: Record<string, unknown> }[] = [];
  #receive: (event: { data: unknown }) => void = () => undefined;
  addEventListener(type: string, listener: (event: { data: unknown; code: number }) => void) {
    if (type === 'message') this.#receive = ({ data }) => listener({ data, code: 0 });
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as FakeSocket['sent'][number]);
  }
  close() {
    this.readyState = WebSocket.CLOSED;
  }
  told<T extends ServerType>(type: T, payload: ServerPayload<T>) {
    // The pairing of type and payload is checked above; TypeScript cannot carry it into the union.
    this.#receive({ data: encode({ type, payload } as Parameters<typeof encode>[0]) });
  }
  of(type: string) {
    return this.sent.filter((message) => message.type === type);
  }
}

/** A party of Bob, who is host, in which something plays, and a tab that shows it. */
export async function watching(control: 'everyone' | 'host' = 'everyone') {
  const made = aCore();
  await settled();
  made.core.begin(start, null);
  const frame = made.frame();
  frame.shows();
  made.join(control);
  made.socket().told('watch/content', { roomId: ROOM, contentId: FILM_URL, fromUserId: 'bob' });
  made.socket().told('watch/playback_state', playback(4));
  await settled();
  return { ...made, film: frame };
}

/** Lets all promises of a host be answered. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A party core on a browser of the test. */
export function aCore(saved: SavedSession | null = null) {
  const time = new VirtualTime();
  const sockets: FakeSocket[] = [];
  const stored: (SavedSession | null)[] = [];
  const state = { permitted: true, exists: true, probing: false };
  const tabs = {
    isPermitted: vi.fn(() => Promise.resolve(state.permitted)),
    injectPlayer: vi.fn<TabHost['injectPlayer']>(() => Promise.resolve(true)),
    injectBridge: vi.fn(() => Promise.resolve(true)),
    exists: () => Promise.resolve(state.exists),
    navigate: vi.fn(() => Promise.resolve()),
    show: vi.fn(() => Promise.resolve()),
    create: vi.fn(() => Promise.resolve(9)),
  };
  const badges: { hasProblem: boolean; unread: number }[] = [];
  const partyChanged = vi.fn();
  const host: CoreHost = {
    nowMs: () => time.nowMs - 1.7e12,
    wallMs: () => time.nowMs,
    random: () => 0.5,
    newId: () => `id-${Math.random().toString(36).slice(2)}`,
    after: (delayMs, run) => time.setTimer(run, delayMs),
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    step,
    load: () => Promise.resolve(saved),
    store: (session) => {
      stored.push(session);
      return Promise.resolve();
    },
    sessionArea: {
      get: () => Promise.resolve({}),
      set: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    },
    tabs,
    isProbing: () => state.probing,
    probe: () => Promise.resolve({ status: 'ok', hiddenFrameOrigins: [] }),
    checkSite: () => Promise.reject(new Error('not here')),
    capture: () => undefined,
    askPermission: () => undefined,
    partyChanged,
    showBadge: (badge) => badges.push(badge),
    randomBytes: (count) => new Uint8Array(count),
    sha256: () => Promise.resolve(new Uint8Array(32)),
    log: () => undefined,
  };
  const core = new PartyCore(host);
  const frame = (frameId = 0, tabId = TAB) => {
    const port = new FakePort('player', { frameId, url: FILM_URL, tab: { id: tabId } });
    core.playerConnected(port);
    return {
      port,
      say: (message: FromPlayer) => port.say(message),
      told: <T extends ToPlayer['type']>(type: T) => port.of(type) as Extract<ToPlayer, { type: T }>[],
      /** It shows a page, and has its video. */
      shows: (contentId = FILM_URL, durationSec = 7200) => {
        if (frameId === 0)
          port.say({ type: 'page', kind: 'film', content: { contentId, url: contentId, durationSec } });
        port.say({ type: 'film', score: 1, durationSec, unrecognised: false });
      },
    };
  };
  const socket = () => {
    const latest = sockets.at(-1);
    if (!latest) throw new Error('no socket');
    return latest;
  };
  /** The server lets this user in. */
  const join = (control: 'everyone' | 'host') => {
    socket().told('server/hello', { v: 1, nowMs: 5_000_000, caps: CAPS });
    socket().told('room/joined', { ...joinedPayload, peers: [BOB], hostUserId: BOB.userId, control });
    const [request] = socket().of('room/join');
    socket().told('ack', { requestId: request?.requestId ?? '' });
  };
  return { join, core, time, tabs, state, sockets, socket, stored, badges, partyChanged, frame };
}
