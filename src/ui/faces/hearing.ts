import type { z } from 'zod';
import { HEARINGS_KEPT, hearings, type hearing } from '../../messaging/kept.ts';
import type { AreaEdge } from '../storage.ts';

export type Hearing = z.infer<typeof hearing>;
export type Hearings = ReadonlyMap<string, Hearing>;

export const AS_THEY_ARE: Hearing = { volume: 1, muted: false };

const KEY = 'hearing';

export interface HearingStore {
  read: () => Promise<Hearings>;
  write: (hearings: Hearings) => Promise<void>;
}

/** Kept by userId, which is a person's for one room: `area` forgets when the browser ends. */
export function hearingStore(area: Pick<AreaEdge, 'get' | 'set'>): HearingStore {
  return {
    // Nobody is to lose the overlay for a storage that fails: everybody is as loud as they are then.
    read: async () =>
      new Map(hearings.catch([]).parse((await area.get(KEY).catch(() => ({ [KEY]: [] })))[KEY])),
    write: (heard) => area.set({ [KEY]: [...heard].slice(-HEARINGS_KEPT) }).catch(() => undefined),
  };
}

export const loudnessWanted = ({ volume, muted }: Hearing): number => (muted ? 0 : volume);
