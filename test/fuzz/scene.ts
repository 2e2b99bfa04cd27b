import { createHash } from 'node:crypto';
import { keyOfSecret, withCertificate } from '../../src/protocol/index.ts';
import type { Random } from './random.ts';

/** A room of the run. */
export interface FuzzRoom {
  roomId: string;
  /** In all that is said in this room, and nowhere else. */
  canary: string;
  key?: string;
  hostSecret?: string;
}

/** Who sends, and where. */
export interface Scene {
  random: Random;
  room: FuzzRoom;
  userId: string;
  resumeToken: string;
  /** All userIds there may be. */
  users: readonly string[];
}

const ROOMS = 8;
const CANARY = /<<[\d.]+>>/g;
const digest = (text: string) => createHash('sha256').update(text).digest();

/** Rooms of one generation: removals and locks leave rooms nobody can enter, so new ones come. */
export function roomsOf(generation: number): FuzzRoom[] {
  return Array.from({ length: ROOMS }, (_, index) => {
    const canary = `<<${generation}.${index}>>`;
    const name = `film ${canary}`;
    const hostSecret = `host-secret-of-${generation}-${index}`;
    const key = keyOfSecret(digest(hostSecret));
    if (index % 4 === 0) return { roomId: name, canary, key, hostSecret };
    if (index % 4 === 1) return { roomId: withCertificate(name, digest(key)), canary, key, hostSecret };
    return { roomId: name, canary };
  });
}

/** Which rooms' texts are in it. */
export function canariesIn(text: string): ReadonlySet<string> {
  return text.includes('<<') ? new Set(text.match(CANARY)) : NONE;
}

const NONE: ReadonlySet<string> = new Set();
