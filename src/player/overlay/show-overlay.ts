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
  const companion = companionWindow(
    window,
    (inside) =>
      overlayFrame(
        inside,
        {
          url,
          origins,
          hurry: true,
          greeting: () => ({ secret, where: 'window', open: true, canPopOut: false }),
          // What moves, folds or floats is over the film.
          heard: () => undefined,
        },
        signal,
      ),
    (open) => overlay.tell({ type: 'companion', open }),
    signal,
  );
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
        return geometry.fold({ width: message.widthPx, height: message.heightPx });
      case 'open':
        return geometry.open(message.open);
      case 'move':
        return geometry.move(message.dxPx, message.dyPx);
      case 'resize':
        return geometry.resize(message.dxPx, message.dyPx);
      case 'typing':
        focus.typing(message.typing);
        return host.hold(message.typing);
      case 'yield':
        focus.typing(false);
        host.hold(false);
        return overlay.frame.blur();
      case 'float':
        return float(message.emoji, geometry.place.x > 0.5);
      case 'pop_out':
        return void companion.open();
      case 'covered':
        return host.raise();
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
