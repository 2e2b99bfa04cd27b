import { setTimeout as pause } from 'node:timers/promises';
import { FuzzSocket } from './fuzz-socket.ts';
import { nextPiece, type Stage } from './next-piece.ts';
import type { Random } from './random.ts';
import { roomsOf } from './scene.ts';

export interface RoundOptions {
  url: string;
  random: Random;
  messages: number;
  sockets: number;
  depth: number;
  /** Of the first rooms of this round; every one has rooms of its own. */
  generation: number;
  violated: (violation: string) => void;
  /** Told after each burst; false ends the round. */
  goesOn: () => boolean;
}

export interface RoundFigures {
  sent: number;
  told: number;
  connections: number;
  /** How many were acked, and refused with each code. */
  answers: Record<string, number>;
  kinds: Record<string, number>;
}

const BURST = 400;
export const MESSAGES_PER_GENERATION = 2500;
/** Several connections of an address, and few from each: what counts per address is to matter now and then. */
const ADDRESSES = 200;
const SETTLE_MS = 15_000;
const POLL_MS = 2;
const ENDS_WITHIN_MS = 1000;
const ODD_USERS = ['__proto__', 'constructor'];

/** Sends so many messages over connections that come and go, and waits for what is owed for them. */
export async function runRound(options: RoundOptions): Promise<RoundFigures> {
  const { random, messages, goesOn } = options;
  const figures: RoundFigures = { sent: 0, told: 0, connections: 0, answers: {}, kinds: {} };
  const users = [...Array.from({ length: options.sockets }, (_, index) => `user-${index}`), ...ODD_USERS];
  let requests = 0;
  const stage: Stage = {
    random,
    depth: options.depth,
    rooms: roomsOf(options.generation),
    users,
    nextId: () => `q${++requests}`,
  };
  const crew = new Crew(options, users, figures);
  while (figures.sent < messages && goesOn()) {
    const generation = options.generation + Math.floor(figures.sent / MESSAGES_PER_GENERATION);
    if (!stage.rooms[0]?.canary.startsWith(`<<${generation}.`)) {
      stage.rooms = roomsOf(generation);
      crew.dropSome(0.5);
    }
    const sockets = await crew.muster().catch((error: unknown) => noServer(error, goesOn));
    if (sockets.length === 0) break;
    for (let sent = 0; sent < Math.min(BURST, messages); sent += 1) {
      const socket = random.pick(sockets);
      if (!socket.isOpen) continue;
      const piece = nextPiece(socket, stage);
      figures.kinds[piece.kind] = (figures.kinds[piece.kind] ?? 0) + 1;
      figures.sent += 1;
      socket.send(piece);
    }
    await crew.settle();
    if (random.chance(0.2)) crew.dropSome(0.05);
  }
  crew.dropSome(1);
  return figures;
}

export function addCounts(total: Record<string, number>, more: Record<string, number>): void {
  for (const [kind, count] of Object.entries(more)) total[kind] = (total[kind] ?? 0) + count;
}

/** Nobody can connect to a server that has ended, of which its process tells a moment later. */
async function noServer(error: unknown, goesOn: () => boolean): Promise<FuzzSocket[]> {
  await pause(ENDS_WITHIN_MS);
  if (goesOn()) throw error;
  return [];
}

/** The connections of a round. */
class Crew {
  readonly #options: RoundOptions;
  readonly #users: readonly string[];
  readonly #figures: RoundFigures;
  #sockets: FuzzSocket[] = [];

  constructor(options: RoundOptions, users: readonly string[], figures: RoundFigures) {
    this.#options = options;
    this.#users = users;
    this.#figures = figures;
  }

  /** All that are open, after new ones have come for those that are gone. */
  async muster(): Promise<FuzzSocket[]> {
    const open = this.#sockets.filter(({ isOpen }) => isOpen);
    for (const gone of this.#sockets) if (!gone.isOpen) this.#count(gone);
    const missing = this.#options.sockets - open.length;
    const fresh = await Promise.all(Array.from({ length: missing }, () => this.#connect()));
    this.#sockets = [...open, ...fresh];
    return this.#sockets;
  }

  /** Waits until each connection has what is owed to it. */
  async settle(): Promise<void> {
    const untilMs = performance.now() + SETTLE_MS;
    for (;;) {
      const late = this.#sockets.find(({ isSettled }) => !isSettled);
      if (!late) return;
      if (performance.now() > untilMs) {
        this.#options.violated(`not answered within ${SETTLE_MS / 1000} s: ${late.ledger.owed}`);
        late.drop();
      }
      await pause(POLL_MS);
      if (!this.#options.goesOn()) return;
    }
  }

  dropSome(share: number): void {
    for (const socket of this.#sockets) {
      if (!socket.isOpen || !this.#options.random.chance(share)) continue;
      socket.drop();
    }
    if (share === 1) for (const socket of this.#sockets) this.#count(socket);
  }

  #count(gone: FuzzSocket): void {
    this.#figures.told += gone.witness.heard;
    addCounts(this.#figures.answers, gone.ledger.kinds);
  }

  #connect(): Promise<FuzzSocket> {
    const { random, url, violated } = this.#options;
    this.#figures.connections += 1;
    return FuzzSocket.open(url, {
      userId: random.pick(this.#users),
      address: `127.0.1.${1 + random.below(ADDRESSES)}`,
      violated,
    });
  }
}
