import type { FuzzSocket } from './fuzz-socket.ts';
import { anyType, honestPayload, type Envelope } from './honest.ts';
import { MUTATIONS, type MutationOptions } from './mutations.ts';
import { textPiece, type Piece } from './piece.ts';
import type { Random } from './random.ts';
import type { FuzzRoom, Scene } from './scene.ts';

export interface Stage extends MutationOptions {
  random: Random;
  /** The rooms of now; a connection may still be in older ones. */
  rooms: readonly FuzzRoom[];
  users: readonly string[];
  /** Names the next request. */
  nextId: () => string;
}

const MUTATED = 0.3;
const NOWHERE: FuzzRoom = { roomId: 'a room that nobody has made', canary: '<<0>>' };

/** What this connection sends next, and notes what follows from it for what it may hear. */
export function nextPiece(socket: FuzzSocket, stage: Stage): Piece {
  const { random, users } = stage;
  const mine = [...socket.rooms.values()].slice(-4);
  const joins = mine.length === 0 ? random.chance(0.7) : random.chance(0.03);
  const room = joins ? random.pick(stage.rooms) : elsewhereOr(mine, stage);
  const { userId } = socket;
  const scene: Scene = { random, room, users, userId, resumeToken: `resume-token-of-${userId}` };
  const type = joins ? 'room/join' : anyType(scene);
  const message: Envelope = { v: 1, type, payload: honestPayload(type, scene) };
  const isPassage = type === 'room/join' || type === 'room/leave';
  if (isPassage || random.chance(0.85)) message.requestId = stage.nextId();
  if (random.chance(MUTATED)) {
    if (type === 'room/join') socket.joins(room, null);
    return random.weighted(MUTATIONS)(message, random, stage);
  }
  if (type === 'room/join') socket.joins(room, message.requestId ?? null);
  if (type === 'room/leave' && message.requestId !== undefined) socket.leaves(room, message.requestId);
  return textPiece(type, JSON.stringify(message));
}

/** Mostly a room it is in, else one that it has not joined or that is not there. */
function elsewhereOr(mine: readonly FuzzRoom[], { random, rooms }: Stage): FuzzRoom {
  if (mine.length > 0 && random.chance(0.92)) return random.pick(mine);
  return random.chance(0.95) ? random.pick(rooms) : NOWHERE;
}
