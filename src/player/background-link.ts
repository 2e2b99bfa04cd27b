import type { Browser } from 'wxt/browser';
import { toPlayer } from '../messaging/player-port.ts';
import type { Link, LinkEvents } from './steady-link.ts';

/** Connects this frame to the background. Throws when the extension was reloaded or removed. */
export function connectToBackground(connect: () => Browser.runtime.Port, events: LinkEvents): Link {
  const port = connect();
  port.onMessage.addListener((raw: unknown) => {
    const parsed = toPlayer.safeParse(raw);
    if (parsed.success) events.message(parsed.data);
  });
  port.onDisconnect.addListener(() => events.closed());
  return {
    send: (message) => {
      try {
        port.postMessage(message);
      } catch {
        // The port closed between two events; `closed` follows.
      }
    },
    close: () => port.disconnect(),
  };
}
