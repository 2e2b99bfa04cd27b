import { once } from 'node:events';
import { WebSocket } from 'ws';
import { expect } from 'vitest';
import { CAPS } from '../../src/protocol/index.ts';
import { createHub, type Hub, type HubOptions } from '../../src/server/hub.ts';
import type { HubClient } from '../../src/server/client.ts';
import type { Connection } from '../../src/server/ports.ts';
import { VirtualTime } from '../support/virtual-time.ts';

/** A message as somebody sees it who knows only the envelope. */
export interface Wire {
  v: number;
  type: string;
  requestId?: string;
  // Tests read whatever they expect; a wrong guess fails the assertion.
  payload: Record<string, unknown>;
}

export const ALL_CAPS = [...CAPS];
export const ROOM = 'amber-otter';

/** A client on a hub without sockets. What it was told since the last look is in `take()`. */
export class FakeClient implements Connection {
  closed: { code: number; reason: string } | null = null;
  /** Closing a socket takes a while, in which what was sent before still arrives. */
  lingers = false;
  readonly #hub: HubClient;
  readonly address: string;
  #inbox: Wire[] = [];
  #requests = 0;

  /** @param address Where it comes from; unknown when empty. */
  constructor(hub: Hub, address = '') {
    this.address = address;
    this.#hub = hub.connect(this);
  }

  readonly send = (text: string) => {
    if (!this.closed) this.#inbox.push(JSON.parse(text) as Wire);
  };

  readonly close = (code: number, reason: string) => {
    if (this.closed) return;
    this.closed = { code, reason };
    if (!this.lingers) this.#hub.disconnected();
  };

  get hub(): HubClient {
    return this.#hub;
  }

  /** All it was told since the last call. */
  take(): Wire[] {
    return this.#inbox.splice(0);
  }

  types(): string[] {
    return this.take().map(({ type }) => type);
  }

  /** Sends without asking for an answer. */
  tell(type: string, payload: Record<string, unknown>): void {
    this.#hub.receive(JSON.stringify({ v: 1, type, payload }));
  }

  /** Sends with a request id and returns its answer; the rest of the inbox stays. */
  ask(type: string, payload: Record<string, unknown>): Wire {
    const requestId = `r${++this.#requests}`;
    this.#hub.receive(JSON.stringify({ v: 1, type, requestId, payload }));
    const index = this.#inbox.findIndex((message) => message.requestId === requestId);
    const [answer] = index < 0 ? [] : this.#inbox.splice(index, 1);
    if (!answer) throw new Error(`no answer to ${type}`);
    return answer;
  }

  drop(): void {
    this.#hub.disconnected();
  }
}

export function virtualHub(options: Partial<HubOptions> = {}) {
  const time = new VirtualTime();
  let ids = 0;
  const hub = createHub({
    nowMs: time.now,
    setTimer: time.setTimer,
    randomId: () => `random-${String(++ids).padStart(12, '0')}`,
    ...options,
  });
  /** A new connection, in the room already when given a name. */
  const client = (name?: string, join: Record<string, unknown> = {}, address = '') => {
    const fake = new FakeClient(hub, address);
    if (name !== undefined) {
      expect(fake.ask('room/join', joinPayload(name, join)).type).toBe('ack');
    }
    return fake;
  };
  return { time, hub, client };
}

export const joinPayload = (name: string, extra: Record<string, unknown> = {}) => ({
  roomId: ROOM,
  client: { userId: name, displayName: name.toUpperCase() },
  ...extra,
});

export const state = (extra: Record<string, unknown> = {}) => ({
  roomId: ROOM,
  state: { playing: true, positionSec: 10, hostTsMs: 1_700_000_000_000, ...extra },
});

/** A bare WebSocket client whose messages are awaited one by one. */
export class BareClient {
  readonly socket: WebSocket;
  readonly #inbox: Wire[] = [];
  #wake: (() => void) | null = null;
  #requests = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.#inbox.push(JSON.parse(data.toString()) as Wire);
      this.#wake?.();
    });
    socket.on('error', () => undefined);
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<BareClient> {
    const client = new BareClient(new WebSocket(url.replace(/^http/, 'ws'), { headers }));
    await once(client.socket, 'open');
    return client;
  }

  /** Already in the room, with everything read up to the ack. */
  static async joined(url: string, name: string, extra: Record<string, unknown> = {}): Promise<BareClient> {
    const client = await BareClient.open(url);
    await client.ask('room/join', joinPayload(name, extra));
    return client;
  }

  raw(data: string | Buffer): void {
    this.socket.send(data);
  }

  tell(type: string, payload: Record<string, unknown>, requestId?: string): void {
    this.raw(JSON.stringify({ v: 1, type, requestId, payload }));
  }

  async next(): Promise<Wire> {
    for (;;) {
      const message = this.#inbox.shift();
      if (message) return message;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The next message of this type; what came before it is let go. */
  async until(type: string): Promise<Wire> {
    for (;;) {
      const message = await this.next();
      if (message.type === type) return message;
    }
  }

  /** Sends and returns all it was told up to the answer, which comes last. */
  async ask(type: string, payload: Record<string, unknown>): Promise<Wire[]> {
    const requestId = `r${++this.#requests}`;
    this.tell(type, payload, requestId);
    const told: Wire[] = [];
    for (;;) {
      const message = await this.next();
      told.push(message);
      if (message.requestId === requestId) return told;
    }
  }

  async closed(): Promise<{ code: number; reason: string }> {
    const [code, reason] = (await once(this.socket, 'close')) as [number, Buffer];
    return { code, reason: reason.toString() };
  }
}
