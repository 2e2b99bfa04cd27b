import { z } from 'zod';
import { readServerAddress } from '../../invite/server-address.ts';
import { draft } from '../../messaging/kept.ts';
import type { StorageArea } from '../../messaging/storage-area.ts';
import { field } from '../../protocol/index.ts';

export interface Settings {
  /** Empty until the person gave a name. */
  displayName: string;
  /** A ws or wss address. */
  serverUrl: string;
}

export interface SettingsStore {
  read(): Promise<Settings>;
  write(change: Partial<Settings>): Promise<void>;
}

/** What was typed into the chat and not sent yet, for each room. */
export interface DraftStore {
  read(room: string): Promise<string>;
  write(room: string, text: string): Promise<void>;
}

const KEY = 'settings';

/** Whatever is stored that does not parse is as good as absent: each field falls back for itself. */
export function settingsStore(area: StorageArea, defaultServer: string): SettingsStore {
  const server = z.string().refine((url) => readServerAddress(url).ok);
  const stored = z
    .object({ displayName: field.displayName.catch(''), serverUrl: server.catch(defaultServer) })
    .catch({ displayName: '', serverUrl: defaultServer });
  const read = async () => stored.parse((await area.get(KEY))[KEY]);
  return {
    read,
    write: async (change) => area.set({ [KEY]: { ...(await read()), ...change } }),
  };
}

export function draftStore(area: StorageArea): DraftStore {
  const keyOf = (room: string) => `draft:${room}`;
  return {
    read: async (room) => draft.catch('').parse((await area.get(keyOf(room)))[keyOf(room)]),
    write: (room, text) => (text === '' ? area.remove(keyOf(room)) : area.set({ [keyOf(room)]: text })),
  };
}
