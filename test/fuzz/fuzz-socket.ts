import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { clientFrame, OPCODE } from './frames.ts';
import { Ledger } from './ledger.ts';
import type { Piece } from './piece.ts';
import type { FuzzRoom } from './scene.ts';
import { Witness } from './witness.ts';

interface Told {
  type: string;
  requestId?: string;
  payload: { code?: string; roomId?: string };
}

/** A join or leave that is under way, by the id of its request. */
interface Passage {
  room: FuzzRoom;
  isJoin: boolean;
}

/** One connection, whose frames are written by hand and whose answers are held to account. */
export class FuzzSocket {
  readonly userId: string;
  /** Rooms it has asked to join and not to leave, the latest last. */
  readonly rooms = new Map<string, FuzzRoom>();
  readonly ledger: Ledger;
  readonly witness: Witness;
  readonly #socket: WebSocket;
  readonly #raw: Duplex;
  readonly #violated: (violation: string) => void;
  readonly #passages = new Map<string, Passage>();
  /** Rooms whose joins were granted. */
  readonly #inside = new Set<string>();
  /** Rooms of joins whose answer cannot be told from others: of them anything may come. */
  readonly #unclear = new Set<string>();
  #queue: Buffer[] | null = null;
  #isOpen = true;
  #dropped = false;
  #dropsWhenWritten = false;

  private constructor(socket: WebSocket, raw: Duplex, userId: string, violated: (violation: string) => void) {
    this.#socket = socket;
    this.#raw = raw;
    this.userId = userId;
    this.#violated = violated;
    this.ledger = new Ledger(violated);
    this.witness = new Witness(violated);
    socket.on('message', (data: Buffer) => this.#hear(data.toString()));
    socket.on('ping', (data) => this.#write(clientFrame(data, OPCODE.pong)));
    socket.on('error', () => undefined);
    socket.on('close', (code, reason) => {
      this.#isOpen = false;
      if (!this.#dropped) this.ledger.closed(code, reason.toString());
    });
  }

  static async open(
    url: string,
    { userId, address, violated }: { userId: string; address: string; violated: (violation: string) => void },
  ): Promise<FuzzSocket> {
    // A pong in the middle of a frame that is sent in pieces would break it, so pongs are queued like the rest.
    const socket = new WebSocket(url, { localAddress: address, autoPong: false });
    let raw: Duplex | undefined;
    let opened: FuzzSocket | undefined;
    socket.once('upgrade', (response) => {
      raw = response.socket;
      opened = new FuzzSocket(socket, raw, userId, violated);
    });
    await once(socket, 'open');
    if (!opened) throw new Error('open without an upgrade');
    return opened;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether all that was sent is answered, or nobody is there to answer. */
  get isSettled(): boolean {
    return !this.#isOpen || (this.#queue === null && this.ledger.isSettled);
  }

  send({ frames, slowly, due, mayEnd, thenDrop }: Piece): void {
    if (!this.#isOpen) return;
    this.ledger.sent(due, mayEnd ?? false);
    if (thenDrop) this.#dropsWhenWritten = true;
    if (slowly) this.#writeSlowly(frames);
    else this.#write(...frames);
    if (thenDrop && this.#queue === null) this.drop();
  }

  /** `requestId` is null for a join that was mutated: nobody knows whether it was one. */
  joins(room: FuzzRoom, requestId: string | null): void {
    this.rooms.delete(room.roomId);
    this.rooms.set(room.roomId, room);
    this.witness.joins(room.canary);
    if (requestId === null) this.#unclear.add(room.roomId);
    else this.#passages.set(requestId, { room, isJoin: true });
  }

  leaves(room: FuzzRoom, requestId: string): void {
    this.rooms.delete(room.roomId);
    this.#passages.set(requestId, { room, isJoin: false });
  }

  /** Goes without a word, as a lost network does. */
  drop(): void {
    this.#dropped = true;
    this.#isOpen = false;
    this.#socket.terminate();
  }

  #hear(text: string): void {
    const told = JSON.parse(text) as Told;
    this.witness.hear(text, told.type, told.payload.roomId);
    if (told.type === 'room/removed') this.#gone(told.payload.roomId ?? '');
    if (told.type !== 'ack' && told.type !== 'error') return;
    if (told.payload.code === 'internal') this.#violated('an error of the server itself');
    this.ledger.answered(told.payload.code ?? told.type, told.requestId);
    const passage = this.#passages.get(told.requestId ?? '');
    this.#passages.delete(told.requestId ?? '');
    if (passage) this.#passed(passage, told.type === 'ack');
  }

  #passed({ room, isJoin }: Passage, granted: boolean): void {
    if (isJoin && granted) this.#inside.add(room.roomId);
    // Who is in already and joins once more as somebody else is refused, and still in.
    else if (isJoin && !this.#inside.has(room.roomId)) this.rooms.delete(room.roomId);
    else if (!isJoin && granted) this.#gone(room.roomId, room);
  }

  /** From now on nothing of this room may come, unless it has asked to join again meanwhile. */
  #gone(roomId: string, room = this.rooms.get(roomId)): void {
    this.#inside.delete(roomId);
    if (!room || this.#unclear.has(roomId)) return;
    if ([...this.#passages.values()].some((other) => other.isJoin && other.room === room)) return;
    this.rooms.delete(roomId);
    this.witness.left(room.canary);
  }

  #write(...buffers: readonly Buffer[]): void {
    if (this.#queue) this.#queue.push(...buffers);
    else for (const buffer of buffers) if (this.#raw.writable) this.#raw.write(buffer);
  }

  #writeSlowly(buffers: readonly Buffer[]): void {
    if (this.#queue) {
      this.#queue.push(...buffers);
      return;
    }
    this.#queue = [...buffers];
    const next = () => {
      const buffer = this.#queue?.shift();
      if (buffer && this.#raw.writable) {
        this.#raw.write(buffer);
        setImmediate(next);
        return;
      }
      this.#queue = null;
      if (this.#dropsWhenWritten && this.#isOpen) this.drop();
    };
    next();
  }
}
