import {
  fromOverlay,
  type FromOverlay,
  type OverlayGreeting,
  type ToOverlay,
} from '../../messaging/overlay.ts';
import { dress } from './host-element.ts';

export interface FrameEdges {
  /** Address of the extension's overlay page. */
  url: string;
  /** Where that page may turn out to be. */
  origins: readonly string[];
  /** Not after the page around it has loaded. */
  hurry: boolean;
  greeting: () => Omit<OverlayGreeting, 'streamsync'>;
  heard: (message: FromOverlay) => void;
}

export interface OverlayFrame {
  frame: HTMLIFrameElement;
  tell: (message: ToOverlay) => void;
}

/** What the overlay may do wherever the site itself may. */
const DELEGATED = [
  'camera',
  'microphone',
  'autoplay',
  'speaker-selection',
  'clipboard-write',
  'picture-in-picture',
];

/**
 * A frame with the extension's overlay page. What is said goes over a port that is handed to that page once it has
 * loaded: the page around can neither hear it, nor get hold of the frame's window to speak to it. Nothing is heard once
 * `signal` has aborted.
 */
export function overlayFrame(
  document: Document,
  { url, origins, hurry, greeting, heard }: FrameEdges,
  signal: AbortSignal,
): OverlayFrame {
  const frame = document.createElement('iframe');
  let ports: MessagePort[] = [];
  let early: ToOverlay[] = [];
  // A page under COEP `require-corp` embeds nothing else that is not of its own origin (HTML, "credentialless").
  frame.setAttribute('credentialless', '');
  if (!hurry) letPageLoad(document, frame, signal);
  frame.src = url;
  frame.title = 'StreamSync';
  // By name: "the origin of src" would be the session's address, and the page turns out to be at its own (see `origins`).
  frame.allow = DELEGATED.map((feature) => `${feature} ${origins.join(' ')}`).join('; ');
  dress(frame, {
    ...{ display: 'block', border: '0', width: '100%', height: '100%', background: 'transparent' },
    'color-scheme': 'normal',
  });
  frame.addEventListener('load', () => {
    for (const port of ports) port.close();
    // A message for another origin than the frame's is dropped by the browser, port and all.
    ports = origins.map((origin) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<unknown>) => {
        const parsed = fromOverlay.safeParse(data);
        // What it said last may come when it is gone.
        if (parsed.success && !signal.aborted) heard(parsed.data);
      };
      frame.contentWindow?.postMessage({ streamsync: 'overlay', ...greeting() }, origin, [port2]);
      for (const message of early) port1.postMessage(message);
      return port1;
    });
    early = [];
  });
  signal.addEventListener('abort', () => {
    for (const port of ports) port.close();
  });
  return {
    frame,
    tell: (message) => {
      if (ports.length === 0) early.push(message);
      for (const port of ports) port.postMessage(message);
    },
  };
}

/**
 * A page's `load` event waits for each frame in it, and sites wait for that event; a lazy frame mostly begins only then (HTML, "lazy
 * loading attributes"). But such a one may never load where nobody sees the page.
 */
function letPageLoad(document: Document, frame: HTMLIFrameElement, signal: AbortSignal): void {
  if (document.readyState === 'complete' || document.hidden) return;
  frame.loading = 'lazy';
  const hurry = () => (frame.loading = 'eager');
  document.addEventListener('visibilitychange', hurry, { once: true, signal });
  document.defaultView?.addEventListener('load', hurry, { once: true, signal });
}
