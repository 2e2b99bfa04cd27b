import { z } from 'zod';
import type { StorageArea } from '../messaging/storage-area.ts';

const deviceId = z.string().max(300);

/** How a person wants to be in calls; remembered on this computer. */
const prefs = z.object({
  microphone: z.boolean().catch(true),
  camera: z.boolean().catch(true),
  /** Empty for the browser's own choice. */
  microphoneId: deviceId.catch(''),
  cameraId: deviceId.catch(''),
  speakerId: deviceId.catch(''),
  ducking: z.boolean().catch(true),
  /** How loud the film is while friends speak, as a part of what was set. */
  duckTo: z.number().min(0).max(1).catch(0.4),
});
export type CallPrefs = z.infer<typeof prefs>;

const KEY = 'call';

export interface PrefsStore {
  read: () => Promise<CallPrefs>;
  write: (prefs: CallPrefs) => Promise<void>;
}

export function callPrefs(area: StorageArea): PrefsStore {
  return {
    read: async () => prefs.catch(prefs.parse({})).parse((await area.get(KEY))[KEY] ?? {}),
    write: (next) => area.set({ [KEY]: next }),
  };
}
