import { setTimeout as pause } from 'node:timers/promises';
import { CAPS } from '../../../src/protocol/index.ts';
import { textFrame } from '../../fuzz/frames.ts';
import { RawSocket } from './raw-socket.ts';

export interface CrowdOptions {
  port: number;
  rooms: number;
  members: number;
}

/** Acts of one room that are under way at once. */
const WINDOW = 4;
/** A room whose acts bring nothing for so long begins anew: a state that was superseded is never delivered. */
const STALL_MS = 500;
const TICK_MS = 5;
const JOINED_WITHIN_MS = 20_000;
/** A hold would delay acts until everybody is ready, who is nobody here. */
const caps = CAPS.filter((cap) => cap !== 'hold');

interface Room {
  members: RawSocket[];
  act: Buffer;
  acted: number;
  /** What its first member had received when the count began. */
  sinceReceived: number;
  since: number;
}

/** Full rooms whose members act one after the other; each act is delivered to all of them. */
export class Crowd {
  readonly #rooms: Room[] = [];
  #timer: NodeJS.Timeout | null = null;

  static async gather({ port, rooms, members }: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd();
    for (let room = 0; room < rooms; room += 1) {
      const roomId = `bench-${room}`;
      const sockets = await Promise.all(Array.from({ length: members }, () => RawSocket.open({ port })));
      sockets.forEach((socket, index) => {
        const client = { userId: `member-${index}`, displayName: `Member ${index}` };
        socket.write(frameOf('room/join', { roomId, client, caps }));
      });
      const act = frameOf('watch/playback_state', {
        roomId,
        state: { playing: false, positionSec: 100, hostTsMs: 0, contentId: 'film' },
        act: 'seek',
      });
      crowd.#rooms.push({ members: sockets, act, acted: 0, sinceReceived: 0, since: 0 });
    }
    await crowd.#becomesQuiet();
    return crowd;
  }

  /** Frames that all members have received. */
  get delivered(): number {
    return this.#rooms.reduce(
      (sum, { members }) => sum + members.reduce((part, { received }) => part + received, 0),
      0,
    );
  }

  /** Acts as fast as they are delivered. */
  saturate(): void {
    const nowMs = performance.now();
    for (const room of this.#rooms) begin(room, nowMs);
    const fill = () => {
      const now = performance.now();
      for (const room of this.#rooms) this.#fill(room, now);
    };
    // Between two turns of this process's loop everything that has come is read.
    const turn = () => {
      if (!this.#timer) return;
      fill();
      setImmediate(turn);
    };
    this.#timer = setInterval(() => undefined, 1000);
    turn();
  }

  /** So many deliveries a second, evenly over all rooms. */
  drive(deliveriesPerSec: number): void {
    const [first] = this.#rooms;
    const actsPerMs = deliveriesPerSec / (first?.members.length ?? 1) / 1000;
    const sinceMs = performance.now();
    let acted = 0;
    this.#timer = setInterval(() => {
      const due = Math.floor((performance.now() - sinceMs) * actsPerMs);
      for (; acted < due; acted += 1) {
        const room = this.#rooms[acted % this.#rooms.length];
        if (room) act(room);
      }
    }, TICK_MS);
  }

  async rest(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#becomesQuiet();
  }

  leave(): void {
    for (const { members } of this.#rooms) for (const member of members) member.drop();
  }

  #fill(room: Room, nowMs: number): void {
    const received = room.members[0]?.received ?? 0;
    const done = received - room.sinceReceived;
    if (done >= room.acted) room.since = nowMs;
    if (nowMs - room.since > STALL_MS) begin(room, nowMs);
    while (room.acted - ((room.members[0]?.received ?? 0) - room.sinceReceived) < WINDOW) act(room);
  }

  /** Resolves when nothing has come for a moment. */
  async #becomesQuiet(): Promise<void> {
    const untilMs = performance.now() + JOINED_WITHIN_MS;
    let before = -1;
    while (before !== this.delivered && performance.now() < untilMs) {
      before = this.delivered;
      await pause(300);
    }
  }
}

function begin(room: Room, nowMs: number): void {
  room.acted = 0;
  room.sinceReceived = room.members[0]?.received ?? 0;
  room.since = nowMs;
}

/** By each member in turn. */
function act(room: Room): void {
  room.members[room.acted % room.members.length]?.write(room.act);
  room.acted += 1;
}

function frameOf(type: string, payload: Record<string, unknown>): Buffer {
  return textFrame(JSON.stringify({ v: 1, type, payload }));
}
