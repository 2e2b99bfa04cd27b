import type { RoomAccess } from '../../../src/protocol/index.ts';
import type { Hub } from '../../../src/server/hub.ts';
import { FakeClient, type Wire } from '../support.ts';

/** What somebody remembers of the room, as a client keeps it for the next server. */
export interface Memory {
  epoch: string | null;
  seq: number;
  contentId: string | null;
  access: RoomAccess | null;
}

/** One connection, and what it was told of the room. */
export class Conn {
  readonly owner: string;
  readonly address: string;
  readonly memory: Memory;
  userId: string | null = null;
  isPlain = false;
  /** The key it has shown. */
  key: string | undefined;
  /** As it was told: let in, and neither put out nor gone. */
  isInside = false;
  isGone = false;
  host: string | undefined;
  locked: boolean | undefined;
  control: string | undefined;
  contentId: string | undefined;
  tokenTold: string | undefined;
  /** Types of what it was told of the room since {@link forget}. */
  news = new Set<string>();
  readonly #client: FakeClient;
  readonly #roomId: string;
  #requests = 0;

  constructor(
    hub: Hub,
    roomId: string,
    { owner, address, memory }: { owner: string; address: string; memory: Memory },
  ) {
    this.owner = owner;
    this.address = address;
    this.memory = memory;
    this.#roomId = roomId;
    // The hub asks a connection for its address as soon as it is there.
    const connect: Hub['connect'] = (connection) => hub.connect(Object.assign(connection, { address }));
    this.#client = new FakeClient({ ...hub, connect });
    this.#client.take();
  }

  /** Sends, and returns the answer; null where the connection was closed instead. */
  ask(type: string, payload: Record<string, unknown>): Wire | null {
    const requestId = `r${++this.#requests}`;
    this.#client.hub.receive(
      JSON.stringify({ v: 1, type, requestId, payload: { roomId: this.#roomId, ...payload } }),
    );
    const told = this.#client.take();
    const answer = told.find((message) => message.requestId === requestId);
    this.hear(told);
    if (!answer && !this.#client.closed) throw new Error(`${this.owner} got no answer to ${type}`);
    return answer ?? null;
  }

  drop(): void {
    this.isGone = true;
    this.isInside = false;
    this.#client.drop();
  }

  /** Reads what has come since. */
  look(): void {
    this.hear(this.#client.take());
    if (this.#client.closed) this.isGone = true;
    if (this.isGone) this.isInside = false;
  }

  hear(told: readonly Wire[]): void {
    for (const message of told) {
      const { type, payload, requestId } = message;
      if (type === 'room/joined') this.isInside = true;
      // Of the room itself only members hear, up to the word that they are none any more.
      if (payload.roomId === this.#roomId && !this.isInside)
        throw new Error(`${this.owner} is out and was told ${type}`);
      if (payload.roomId === this.#roomId) this.news.add(type);
      const putOutPlain = type === 'error' && requestId === undefined && payload.code === 'unauthorized';
      if (type === 'room/removed' || putOutPlain) this.isInside = false;
      if (payload.code === 'internal') throw new Error('an error of the server itself');
      this.#note(message);
    }
  }

  #note({ type, payload }: Wire): void {
    const { memory } = this;
    if (type === 'room/joined' || type === 'room/roles') {
      this.host = payload.hostUserId as string | undefined;
      this.control = payload.control as string | undefined;
      this.locked = payload.locked as boolean | undefined;
    }
    if (type === 'room/joined') {
      memory.epoch = (payload.epoch as string | undefined) ?? memory.epoch;
      this.tokenTold = payload.resumeToken as string | undefined;
    }
    if (type === 'watch/content') this.contentId = memory.contentId = payload.contentId as string;
    if (type === 'room/access') memory.access = payload.access as RoomAccess;
    const state = payload.state as { seq?: number } | undefined;
    const seq = (payload.seq as number | undefined) ?? state?.seq;
    if (seq !== undefined) memory.seq = seq;
  }
}
