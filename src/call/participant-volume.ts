import type { z } from 'zod';
import { HEARINGS_KEPT, hearings, type hearing } from '../messaging/kept.ts';
import type { StorageArea } from '../messaging/storage-area.ts';

export type ParticipantVolume = z.infer<typeof hearing>;
export type ParticipantVolumes = ReadonlyMap<string, ParticipantVolume>;

export const DEFAULT_VOLUME: ParticipantVolume = { volume: 1, muted: false };

const KEY = 'hearing';

export interface VolumeStore {
  read: () => Promise<ParticipantVolumes>;
  write: (volumes: ParticipantVolumes) => Promise<void>;
}

/** Kept by userId, which is a person's for one room: `area` forgets when the browser ends. */
export function volumeStore(area: Pick<StorageArea, 'get' | 'set'>): VolumeStore {
  return {
    // Nobody is to lose the overlay for a storage that fails: everybody is as loud as they are then.
    read: async () =>
      new Map(hearings.catch([]).parse((await area.get(KEY).catch(() => ({ [KEY]: [] })))[KEY])),
    write: (heard) => area.set({ [KEY]: [...heard].slice(-HEARINGS_KEPT) }).catch(() => undefined),
  };
}

export const effectiveVolume = ({ volume, muted }: ParticipantVolume): number => (muted ? 0 : volume);
