import {
  CAPS,
  CLOSE,
  decodeClientFrame,
  encode,
  readRequestId,
  type ClientMessage,
  type ServerMessage,
} from '../protocol/index.ts';
import { dispatch } from './handlers/dispatch.ts';
import { join } from './handlers/join.ts';
import { HostClock } from './host-clock.ts';
import { Budget } from './limits/budget.ts';
import type { ConnectionResource } from './limits/rates.ts';
import { rescue, type MaybePromise } from './maybe-promise.ts';
import { OrderedWork } from './ordered-work.ts';
import { errorFields, type Connection, type SendOptions } from './ports.ts';
import { ProtocolError } from './protocol-error.ts';
import { onConnectionLost } from './rooms/members.ts';
import type { RoomRegistry } from './rooms/registry.ts';
import type { ClientConnection, Deps } from './rooms/room.ts';

/** The hub's interface to one socket's client. */
export interface HubClient {
  readonly number: number;
  /** A text frame of so many bytes arrived. */
  receive: (text: string, bytes?: number) => void;
  /** A binary frame of so many bytes arrived. */
  receiveBinary: (bytes?: number) => void;
  /** A WebSocket ping or pong arrived; it counts against flooding. */
  receiveControl: () => void;
  /** A round trip was measured, in ms. */
  noteRoundTrip: (rttMs: number) => void;
  /** The socket closed, for any reason. */
  disconnected: () => void;
}

/** One connection: counts and decodes its frames, handles them in order, and answers. */
export class Client implements HubClient, ClientConnection {
  readonly number: number;
  readonly address: string;
  readonly budget: ClientConnection['budget'];
  readonly account: ClientConnection['account'];
  readonly senderClock = new HostClock();
  readonly members: ClientConnection['members'] = new Map();
  joinCount = 0;
  turnCredentials: ClientConnection['turnCredentials'] = null;
  readonly #deps: Deps;
  readonly #rooms: RoomRegistry;
  readonly #connection: Connection;
  readonly #onDisconnect: () => void;
  readonly #work = new OrderedWork();
  #closed = false;

  constructor(deps: Deps, rooms: RoomRegistry, connection: Connection, number: number, forget: () => void) {
    this.number = number;
    this.address = connection.address ?? '';
    this.budget = new Budget<ConnectionResource>(deps.rates);
    this.account = deps.addresses.account(this.address);
    this.#deps = deps;
    this.#rooms = rooms;
    this.#onDisconnect = forget;
    this.#connection = connection;
    this.#send({ type: 'server/hello', payload: { v: 1, nowMs: Math.round(deps.nowMs()), caps: [...CAPS] } });
  }

  send(text: string, options?: SendOptions): void {
    this.#connection.send(text, options);
  }

  /** Ignores the client from now on: a join already on its way must not undo the reason for closing it. */
  close(code: number, reason: string): void {
    this.#closed = true;
    this.#connection.close(code, reason);
  }

  receive(text: string, bytes = text.length): void {
    const receivedAtMs = this.#deps.nowMs();
    if (this.#closed) return;
    // Counted before parsing: a frame over the limit must cost nothing more.
    const waitMs = this.#count(receivedAtMs, bytes);
    if (waitMs === null) return;
    if (waitMs > 0) return this.#sendError(floodError(waitMs), readRequestId(text));
    const frame = decodeClientFrame(text);
    if (!frame.ok)
      this.#sendError(new ProtocolError('bad_request', frame.error.message), frame.error.requestId);
    else if (frame.message.type === 'clock/ping') this.#pong(frame.message, receivedAtMs);
    else {
      const { message } = frame;
      this.#enqueue(
        () => this.#handle(message, receivedAtMs, bytes),
        (error) => this.#answerFailure(error, message.requestId),
      );
    }
  }

  receiveBinary(bytes = 0): void {
    if (this.#closed) return;
    const waitMs = this.#count(this.#deps.nowMs(), bytes);
    if (waitMs === null) return;
    const retry = waitMs > 0 ? { retryAfterMs: waitMs } : {};
    this.#sendError(new ProtocolError('bad_request', 'a frame must be text', retry));
  }

  receiveControl(): void {
    if (!this.#closed) this.#count(this.#deps.nowMs(), 0);
  }

  noteRoundTrip(rttMs: number): void {
    this.senderClock.noteRoundTrip(rttMs, this.#deps.nowMs());
  }

  disconnected(): void {
    this.#closed = true;
    this.#onDisconnect();
    // Queued behind earlier messages: a message that waits for a slow store still counts.
    this.#enqueue(
      () => {
        const members = [...this.members];
        this.members.clear();
        for (const [roomId, member] of members) {
          const room = this.#rooms.get(roomId);
          if (room) onConnectionLost(this.#rooms.deps, room, member);
        }
      },
      (error) => this.#logFailure(error),
    );
  }

  #enqueue(work: () => MaybePromise<void>, failed: (error: unknown) => void): void {
    this.#work.add(() => rescue(work, failed));
  }

  #handle(
    message: Exclude<ClientMessage, { type: 'clock/ping' }>,
    receivedAtMs: number,
    bytes: number,
  ): MaybePromise<void> {
    const { requestId } = message;
    if (message.type === 'room/join') {
      return join(this.#rooms, this, message.payload, () => this.#ack(requestId));
    }
    this.#ack(requestId, dispatch(this.#rooms, this, message, { receivedAtMs, bytes }));
  }

  #pong(message: Extract<ClientMessage, { type: 'clock/ping' }>, t2Ms: number): void {
    const { id, t1Ms } = message.payload;
    this.#ack(message.requestId);
    this.#send(
      { type: 'clock/pong', payload: { id, t1Ms, t2Ms, t3Ms: this.#deps.nowMs() } },
      { urgent: true },
    );
  }

  /**
   * Counts one frame; returns the time to wait if it is over the limit, or `null` once a sender that goes on was
   * closed.
   */
  #count(nowMs: number, bytes: number): number | null {
    const { budget, account } = this;
    const ownWaitMs = budget.take('frames', nowMs) || budget.take('bytes', nowMs, bytes);
    const waitMs = ownWaitMs || account.take('frames') || account.take('bytes', bytes);
    if (waitMs === 0) return 0;
    // Counted per connection too, so that only those of a busy address are closed that go on.
    if (ownWaitMs === 0) budget.refuse('frames', nowMs);
    if (!budget.exhausted('frames') && !budget.exhausted('bytes')) return waitMs;
    this.#deps.log.warn({ connection: this.number }, 'closed for flooding');
    this.close(CLOSE.policyViolation, 'flooding: more frames or bytes than the server takes');
    return null;
  }

  #answerFailure(error: unknown, requestId: string | undefined): void {
    if (error instanceof ProtocolError) {
      this.#sendError(error, requestId);
      return;
    }
    this.#logFailure(error);
    this.#sendError(new ProtocolError('internal', 'something went wrong on the server'), requestId);
  }

  #logFailure(error: unknown): void {
    this.#deps.log.error(
      { connection: this.number, ...errorFields(error) },
      'a message could not be handled',
    );
  }

  #ack(requestId: string | undefined, extra: { seq?: number } = {}): void {
    if (requestId !== undefined) this.#send({ type: 'ack', requestId, payload: { requestId, ...extra } });
  }

  #sendError({ code, message, details }: ProtocolError, requestId?: string): void {
    const named = requestId === undefined ? {} : { requestId };
    this.#send({ type: 'error', ...named, payload: { ...named, code, message, ...details } });
  }

  #send(message: ServerMessage, options?: SendOptions): void {
    this.send(encode(message), options);
  }
}

const floodError = (retryAfterMs: number) =>
  new ProtocolError('bad_request', 'too many frames or bytes; wait a moment', { retryAfterMs });
