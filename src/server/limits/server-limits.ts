import { LIMITS } from '../../protocol/index.ts';

/** Defaults of the limits; an operator can change each (docs/protocol.md, "What is limited"). */
export const DEFAULT_LIMITS = {
  /** Time for which a lost member keeps its place. */
  graceMs: 8000,
  /** Time for which a room outlives its last member. */
  roomGraceMs: 60_000,
  maxRooms: 1000,
  roomMembers: LIMITS.roomMembers as number,
  roomsPerConnection: 16,
  maxConnections: 10_000,
  connectionsPerIp: 200,
  /** Frames a connection may send at once, per second from then on, and beyond that before it is closed. */
  frameBurst: 300,
  framesPerSec: 100,
  frameDebt: 100,
  chatBurst: 40,
  chatPerSec: 10,
};
export type ServerLimits = typeof DEFAULT_LIMITS;
