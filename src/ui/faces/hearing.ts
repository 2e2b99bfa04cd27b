import { z } from 'zod';
import { field } from '../../protocol/index.ts';
import type { AreaEdge } from '../storage.ts';

/** How loud this person wants to hear somebody. */
const hearing = z.object({ volume: z.number().min(0).max(1), muted: z.boolean() });
export type Hearing = z.infer<typeof hearing>;
export type Hearings = ReadonlyMap<string, Hearing>;

export const AS_THEY_ARE: Hearing = { volume: 1, muted: false };

const KEY = 'hearing';
/** More people than anybody turns down in an evening. */
const REMEMBERED = 64;
const stored = z.array(z.tuple([field.userId, hearing])).max(REMEMBERED);

export interface HearingStore {
  read: () => Promise<Hearings>;
  write: (hearings: Hearings) => Promise<void>;
}

/** Kept by userId, which is a person's for one room: `area` forgets when the browser ends. */
export function hearingStore(area: Pick<AreaEdge, 'get' | 'set'>): HearingStore {
  return {
    // Nobody is to lose the overlay for a storage that fails: everybody is as loud as they are then.
    read: async () =>
      new Map(stored.catch([]).parse((await area.get(KEY).catch(() => ({ [KEY]: [] })))[KEY])),
    write: (hearings) => area.set({ [KEY]: [...hearings].slice(-REMEMBERED) }).catch(() => undefined),
  };
}

export const loudnessWanted = ({ volume, muted }: Hearing): number => (muted ? 0 : volume);
