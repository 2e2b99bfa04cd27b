import type { RoomPreview } from '../protocol/index.ts';
import { Client, type HubClient } from './client.ts';
import { AddressBook } from './limits/address-book.ts';
import { connectionRates } from './limits/rates.ts';
import { DEFAULT_LIMITS, type ServerLimits } from './limits/server-limits.ts';
import { silentLog, type Connection } from './ports.ts';
import { previewRoom } from './rooms/preview-room.ts';
import { RoomRegistry } from './rooms/registry.ts';
import type { Deps } from './rooms/room.ts';
import { createMemoryStore } from './store.ts';

export type HubOptions = Pick<Deps, 'nowMs' | 'setTimer' | 'randomId'> &
  Partial<Pick<Deps, 'store' | 'log' | 'ice' | 'addresses'>> & { limits?: Partial<ServerLimits> };

/** The server without sockets: every rule of docs/protocol.md but those of the transport. */
export interface Hub {
  /** Greets and registers a new connection. */
  connect: (connection: Connection) => HubClient;
  stats: () => { rooms: number; members: number; connections: number };
  /** The public part of a room, as far as the key allows. */
  previewRoom: (roomId: string, key?: string) => RoomPreview;
  /** Closes every connection. */
  closeAll: (code: number, reason: string) => void;
}

export function createHub(options: HubOptions): Hub {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const deps: Deps = {
    nowMs: options.nowMs,
    setTimer: options.setTimer,
    randomId: options.randomId,
    store: options.store ?? createMemoryStore(),
    log: options.log ?? silentLog,
    limits,
    rates: connectionRates(limits),
    addresses: options.addresses ?? new AddressBook(limits, options.nowMs),
    ice: options.ice ?? { stunUrls: [], turnUrls: [], turnSecret: '', turnTtlSec: 0 },
  };
  const rooms = new RoomRegistry(deps);
  const connections = new Set<Client>();
  let connected = 0;
  return {
    connect(connection) {
      connected += 1;
      const client = new Client(deps, rooms, connection, connected, () => connections.delete(client));
      connections.add(client);
      return client;
    },
    stats() {
      let members = 0;
      for (const room of rooms.values()) members += room.members.size;
      return { rooms: rooms.size, members, connections: connections.size };
    },
    previewRoom: (roomId, key) => previewRoom(rooms.get(roomId), key),
    closeAll(code, reason) {
      for (const connection of [...connections]) connection.close(code, reason);
    },
  };
}
