import { PORTS } from '../../messaging/runtime-port.ts';
import { backgroundLink, type PageRuntime } from '../host/background-link.ts';

/**
 * Tells the background while this panel can be seen: what it shows need not stand over the film as well. Where a film fills
 * the screen the panel is open, but nobody sees it.
 */
export function tellPresence(
  document: EventTarget & { readonly visibilityState: string },
  runtime: PageRuntime,
): void {
  const line = backgroundLink(runtime, { port: PORTS.panel });
  let stop: (() => void) | null = null;
  const look = () => {
    stop?.();
    stop = document.visibilityState === 'visible' ? line.subscribe(() => undefined) : null;
  };
  document.addEventListener('visibilitychange', look);
  look();
}
