import type { FromOverlay, OverlayAct, OverlayPlace } from '../../messaging/overlay.ts';
import { companionWindow } from './companion.ts';
import { floatingReactions } from './floating.ts';
import { keepFocus } from './focus-keeper.ts';
import { OverlayHost } from './host-element.ts';
import { relayDrags } from './drag-relay.ts';
import { watchIdle } from './idle.ts';
import { overlayFrame } from './overlay-frame.ts';
import { OverlayGeometry } from './overlay-geometry.ts';

export interface OverlayEdges {
  window: Window;
  document: Document;
  /** Address of the extension's overlay page. */
  url: string;
  /** Where that page may turn out to be. */
  origins: readonly string[];
  secret: string;
  /** Where it stood when it was last moved on this site. */
  place: OverlayPlace;
  moved: (place: OverlayPlace) => void;
  /** Somebody waits for it: the page's own `load` event may wait for it in turn. */
  hurry: boolean;
}

/** What the rest of the extension does to an overlay that is shown. */
export interface ShownOverlay {
  /** A key of the browser was pressed. */
  act: (act: OverlayAct) => void;
  /** Somebody moves the pointer in a frame of this page; `at` is set when that frame fills the screen. */
  stirred: (at: { x: number; y: number } | null) => void;
}

/**
 * Shows the extension's overlay page over this page, until `signal` aborts. The page is in a frame, so neither the site's
 * styles, policies nor keys reach it.
 */
export function showOverlay(edges: OverlayEdges, signal: AbortSignal): ShownOverlay {
  const { window, document, url, origins, secret, hurry } = edges;
  /** Without scrollbars: a small frame that lies under one is out of sight, and Chromium draws none that is. */
  const view = () => {
    const { clientWidth, clientHeight } = document.scrollingElement ?? document.documentElement;
    return { width: clientWidth, height: clientHeight };
  };

  const overlay = overlayFrame(
    document,
    {
      url,
      origins,
      hurry,
      greeting: () => ({ secret, where: 'film', open: geometry.place.open, canPopOut: companion.supported }),
      heard: (message) => receive(message),
    },
    signal,
  );
  const companion = companionOf(edges, (open) => overlay.tell({ type: 'companion', open }), signal);
  const host = new OverlayHost(window, document, overlay.frame, signal);
  const giveFocus = () => {
    host.fence();
    overlay.frame.focus();
    // The frame has the keys then, but no field in it.
    overlay.tell({ type: 'focus' });
  };
  const focus = keepFocus(window, document, host.element, giveFocus, signal);
  const idle = watchIdle(window, (now) => overlay.tell({ type: 'idle', idle: now }), signal);
  const float = floatingReactions(window, document, signal);

  const geometry = new OverlayGeometry(edges.place, view, (box) => host.stand(box), edges.moved);
  const receive = (message: FromOverlay) => {
    switch (message.type) {
      case 'size':
        geometry.fold({ width: message.widthPx, height: message.heightPx });
        break;
      case 'open':
        geometry.open(message.open);
        break;
      case 'move':
        geometry.move(message.dxPx, message.dyPx);
        break;
      case 'resize':
        geometry.resize(message.dxPx, message.dyPx);
        break;
      case 'typing':
        focus.typing(message.typing);
        host.hold(message.typing);
        break;
      case 'yield':
        focus.typing(false);
        host.hold(false);
        overlay.frame.blur();
        break;
      case 'float':
        float(message.emoji, geometry.place.x > 0.5);
        break;
      case 'pop_out':
        void companion.open();
        break;
      case 'covered':
        host.raise();
        break;
    }
  };

  relayDrags(window, overlay.tell, signal);
  window.addEventListener('resize', () => geometry.apply(), { signal });
  geometry.apply();
  return {
    act: (act) => {
      // Keys go where the focus is, and nothing that is inert can have it.
      host.hold(true);
      overlay.frame.focus();
      overlay.tell({ type: 'act', act });
    },
    stirred: (at) => {
      idle.stir();
      if (at) host.pointerAt(at.x, at.y);
    },
  };
}

/** The party in a window of its own, beside the one over the video. What moves, folds or floats stays over the video. */
function companionOf(
  { window, url, origins, secret }: OverlayEdges,
  opened: (open: boolean) => void,
  signal: AbortSignal,
) {
  const greeting = () => ({ secret, where: 'window' as const, open: true, canPopOut: false });
  const inside = (document: Document) =>
    overlayFrame(document, { url, origins, hurry: true, greeting, heard: () => undefined }, signal);
  return companionWindow(window, inside, opened, signal);
}
