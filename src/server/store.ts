import type { RoomState } from './rooms/state.ts';

/**
 * Where rooms outlive their members. One process owns a room while it is live; the store lets the next one take it up.
 * A store may answer later: the hub keeps each connection's messages in order meanwhile. `save` is called after
 * every change, with a state that goes on changing, so a store that writes later must copy or encode it at once. It must
 * keep the order of one room's calls and let a state that nobody removed expire by itself.
 */
export interface RoomStore {
  load: (roomId: string) => RoomState | undefined | Promise<RoomState | undefined>;
  save: (roomId: string, state: RoomState) => void | Promise<void>;
  remove: (roomId: string) => void | Promise<void>;
}

/** Keeps rooms as long as the process lives. */
export function createMemoryStore(): RoomStore {
  const states = new Map<string, RoomState>();
  return {
    load: (roomId) => states.get(roomId),
    save: (roomId, state) => void states.set(roomId, state),
    remove: (roomId) => void states.delete(roomId),
  };
}
