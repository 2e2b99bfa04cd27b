import {
  CAPS,
  CLOSE,
  decodeClientFrame,
  encode,
  type ClientMessage,
  type ServerMessage,
} from '../protocol/index.ts';
import { dispatch } from './handlers/dispatch.ts';
import { join } from './handlers/join.ts';
import { HostClock } from './host-clock.ts';
import { rescue, type MaybePromise } from './maybe-promise.ts';
import { OrderedWork } from './ordered-work.ts';
import { errorFields, type Connection } from './ports.ts';
import { Refusal } from './refusal.ts';
import { lose } from './rooms/presence.ts';
import type { RoomRegistry } from './rooms/registry.ts';
import type { Deps, Session } from './rooms/room.ts';
import { TokenBucket } from './token-bucket.ts';

/** What a socket tells the hub of its client. */
export interface HubClient {
  readonly number: number;
  /** A text frame came. */
  receive: (text: string) => void;
  /** A binary frame came. */
  receiveBinary: () => void;
  /** A WebSocket ping or pong came: it counts against flooding. */
  receiveControl: () => void;
  /** A round trip was measured; in ms. */
  noteRoundTrip: (rttMs: number) => void;
  /** The socket is gone, in whatever way. */
  disconnected: () => void;
}

/** One connection: counts and decodes its frames, has them carried out in order, and answers. */
export class Client implements HubClient, Session {
  readonly number: number;
  readonly address: string;
  readonly chat: TokenBucket;
  readonly hostClock = new HostClock();
  readonly members: Session['members'] = new Map();
  readonly #frames: TokenBucket;
  readonly #deps: Deps;
  readonly #rooms: RoomRegistry;
  readonly #connection: Connection;
  readonly #forget: () => void;
  readonly #work = new OrderedWork();
  #closed = false;

  constructor(deps: Deps, rooms: RoomRegistry, connection: Connection, number: number, forget: () => void) {
    this.number = number;
    this.address = connection.address ?? '';
    this.#deps = deps;
    this.#rooms = rooms;
    this.#forget = forget;
    const { limits, nowMs } = deps;
    this.#connection = connection;
    this.#frames = new TokenBucket(limits.frameBurst, limits.framesPerSec, nowMs(), limits.frameDebt);
    this.chat = new TokenBucket(limits.chatBurst, limits.chatPerSec, nowMs());
    this.#send({ type: 'server/hello', payload: { v: 1, nowMs: Math.round(nowMs()), caps: [...CAPS] } });
  }

  send(text: string, urgent = false): void {
    this.#connection.send(text, urgent);
  }

  /** A client being closed has no say any more: a join already on its way must not undo why it was closed. */
  close(code: number, reason: string): void {
    this.#closed = true;
    this.#connection.close(code, reason);
  }

  receive(text: string): void {
    const receivedAtMs = this.#deps.nowMs();
    if (this.#closed) return;
    const frame = decodeClientFrame(text);
    const requestId = frame.ok ? frame.message.requestId : frame.error.requestId;
    const waitMs = this.#count(receivedAtMs);
    if (waitMs > 0) this.#refuse(tooMany(waitMs), requestId);
    else if (!frame.ok) this.#refuse(new Refusal('bad_request', frame.error.message), requestId);
    else if (frame.message.type === 'clock/ping') this.#pong(frame.message, receivedAtMs);
    else {
      const { message } = frame;
      this.#work.add(() =>
        rescue(
          () => this.#handle(message, receivedAtMs),
          (error) => this.#answerFailure(error, requestId),
        ),
      );
    }
  }

  receiveBinary(): void {
    if (this.#closed) return;
    const waitMs = this.#count(this.#deps.nowMs());
    const retry = waitMs > 0 ? { retryAfterMs: waitMs } : {};
    this.#refuse(new Refusal('bad_request', 'a frame must be text', retry));
  }

  receiveControl(): void {
    if (!this.#closed) this.#count(this.#deps.nowMs());
  }

  noteRoundTrip(rttMs: number): void {
    this.hostClock.noteRoundTrip(rttMs, this.#deps.nowMs());
  }

  disconnected(): void {
    this.#closed = true;
    this.#forget();
    // Behind what was sent before: a message on its way to a slow store still counts.
    this.#work.add(() => {
      const members = [...this.members];
      this.members.clear();
      for (const [roomId, member] of members) {
        const room = this.#rooms.get(roomId);
        if (room) lose(this.#rooms.context, room, member);
      }
    });
  }

  #handle(message: Exclude<ClientMessage, { type: 'clock/ping' }>, receivedAtMs: number): MaybePromise<void> {
    const { requestId } = message;
    if (message.type === 'room/join') {
      return join(this.#rooms, this, message.payload, () => this.#ack(requestId));
    }
    this.#ack(requestId, dispatch(this.#rooms, this, message, receivedAtMs));
  }

  #pong(message: Extract<ClientMessage, { type: 'clock/ping' }>, t2Ms: number): void {
    const { id, t1Ms } = message.payload;
    this.#ack(message.requestId);
    this.#send({ type: 'clock/pong', payload: { id, t1Ms, t2Ms, t3Ms: this.#deps.nowMs() } }, true);
  }

  /** Counts one frame; how long to wait when it was too many. Who goes on flooding is closed. */
  #count(nowMs: number): number {
    const waitMs = this.#frames.take(nowMs);
    if (waitMs > 0 && this.#frames.exhausted) {
      const { framesPerSec } = this.#deps.limits;
      this.#deps.log.warn({ connection: this.number }, 'closed for flooding');
      this.close(CLOSE.policyViolation, `flooding: more than ${framesPerSec} frames a second`);
    }
    return waitMs;
  }

  #answerFailure(error: unknown, requestId: string | undefined): void {
    if (error instanceof Refusal) {
      this.#refuse(error, requestId);
      return;
    }
    this.#deps.log.error(
      { connection: this.number, ...errorFields(error) },
      'a message could not be handled',
    );
    this.#refuse(new Refusal('internal', 'something went wrong on the server'), requestId);
  }

  #ack(requestId: string | undefined, extra: { seq?: number } = {}): void {
    if (requestId !== undefined) this.#send({ type: 'ack', requestId, payload: { requestId, ...extra } });
  }

  #refuse({ code, message, why }: Refusal, requestId?: string): void {
    const named = requestId === undefined ? {} : { requestId };
    this.#send({ type: 'error', ...named, payload: { ...named, code, message, ...why } });
  }

  #send(message: ServerMessage, urgent = false): void {
    this.send(encode(message), urgent);
  }
}

const tooMany = (retryAfterMs: number) =>
  new Refusal('bad_request', 'too many frames; wait a moment', { retryAfterMs });
