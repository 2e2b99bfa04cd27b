import { useEffect, useRef } from 'preact/hooks';
import {
  overlayGreeting,
  toOverlay,
  type FromOverlay,
  type OverlayGreeting,
  type ToOverlay,
} from '../../messaging/overlay.ts';

/** How an overlay page begins, as the script around it says. */
export type OverlayStart = Pick<OverlayGreeting, 'where' | 'open' | 'canPopOut'>;

/** The line between an overlay page and the script around it. */
export interface OverlayLine {
  tell: (message: FromOverlay) => void;
  /** Calls back with each message until the signal aborts. */
  listen: (heard: (message: ToOverlay) => void, signal: AbortSignal) => void;
}

/**
 * Waits to be greeted by the script around this frame. Whoever frames this page may do so; the background lets in only what
 * its own script has vouched for.
 */
export function greeted(window: Window): Promise<OverlayGreeting & { line: OverlayLine }> {
  return new Promise((resolve) => {
    const heard = (event: MessageEvent<unknown>) => {
      const [port] = event.ports;
      const parsed = overlayGreeting.safeParse(event.data);
      if (!isAround(window, event.source) || !parsed.success || !port) return;
      window.removeEventListener('message', heard);
      resolve({ ...parsed.data, line: lineOf(port) });
    };
    window.addEventListener('message', heard);
  });
}

/** The page that shows this frame; that of a window of its own is scripted by the page that opened it. */
function isAround({ parent }: Window, source: MessageEventSource | null): boolean {
  return source !== null && (source === parent || source === parent.opener);
}

function lineOf(port: MessagePort): OverlayLine {
  return {
    tell: (message) => port.postMessage(message),
    listen: (heard, signal) => {
      port.addEventListener(
        'message',
        ({ data }: MessageEvent<unknown>) => {
          const parsed = toOverlay.safeParse(data);
          if (parsed.success) heard(parsed.data);
        },
        { signal },
      );
      // What came before is heard now.
      port.start();
    },
  };
}

/** Hears the messages while the component is drawn. */
export function useHeard(line: OverlayLine, heard: (message: ToOverlay) => void) {
  const latest = useRef(heard);
  latest.current = heard;
  useEffect(() => {
    const gone = new AbortController();
    line.listen((message) => latest.current(message), gone.signal);
    return () => gone.abort();
  }, [line]);
}
