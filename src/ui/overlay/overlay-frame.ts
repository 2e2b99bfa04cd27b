import { toOverlay, type FromOverlay } from '../../messaging/overlay.ts';

/**
 * Asks the script around this frame for the secret. Whoever frames this page may answer; the background lets in only
 * what its own script has vouched for.
 */
export function overlayFrame(
  window: Window,
): Promise<{ secret: string; open: boolean; tell: (message: FromOverlay) => void }> {
  // The site's origin is not ours to know, and nothing in these messages is a secret.
  const tell = (message: FromOverlay) => window.parent.postMessage(message, '*');
  return new Promise((resolve) => {
    const heard = (event: MessageEvent<unknown>) => {
      if (event.source !== window.parent) return;
      const parsed = toOverlay.safeParse(event.data);
      if (!parsed.success) return;
      window.removeEventListener('message', heard);
      resolve({ ...parsed.data, tell });
    };
    window.addEventListener('message', heard);
    tell({ streamsync: 'ready' });
  });
}
