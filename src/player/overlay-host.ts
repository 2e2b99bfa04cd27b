import { fromOverlay, type FromOverlay, type OverlayPlace } from '../messaging/overlay.ts';

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
}

const MARGIN_PX = 12;
const START_PX = { width: 56, height: 56 };

/**
 * Shows the extension's overlay page over this page, until `signal` aborts. The page is in a frame, so neither the site's
 * styles, policies nor keys reach it; the frame is in a closed shadow tree and in the top layer. Over a `<video>` that is full
 * screen itself it is seen, but Chromium lets nothing outside of it be clicked.
 */
export function showOverlay(edges: OverlayEdges, signal: AbortSignal): void {
  const { window, document, url, origins, secret } = edges;
  const host = document.createElement('div');
  const frame = document.createElement('iframe');
  let size = START_PX;
  let place = edges.place;

  frame.src = url;
  frame.title = 'StreamSync';
  // By name: "the origin of src" would be the session's address, and the page turns out to be at its own (see `origins`).
  frame.allow = DELEGATED.map((feature) => `${feature} ${origins.join(' ')}`).join('; ');
  dress(frame, {
    ...{ display: 'block', border: '0', width: '100%', height: '100%', background: 'transparent' },
    'color-scheme': 'normal',
  });
  host.popover = 'manual';
  host.attachShadow({ mode: 'closed' }).append(frame);

  /** Without scrollbars: a small frame that lies under one is out of sight, and Chromium draws none that is. */
  const viewPx = () => {
    const { clientWidth, clientHeight } = document.scrollingElement ?? document.documentElement;
    return { width: clientWidth, height: clientHeight };
  };
  const freePx = () => ({
    width: Math.max(0, viewPx().width - size.width - 2 * MARGIN_PX),
    height: Math.max(0, viewPx().height - size.height - 2 * MARGIN_PX),
  });
  const stand = () => {
    const free = freePx();
    dress(host, {
      ...{ all: 'initial', position: 'fixed', display: 'block', overflow: 'hidden', opacity: '1' },
      ...{ inset: 'auto', margin: '0', padding: '0', border: '0', background: 'transparent' },
      ...{
        visibility: 'visible',
        'pointer-events': 'auto',
        'z-index': '2147483647',
        'color-scheme': 'normal',
      },
      left: `${MARGIN_PX + place.x * free.width}px`,
      top: `${MARGIN_PX + place.y * free.height}px`,
      width: `${Math.min(size.width, viewPx().width - 2 * MARGIN_PX)}px`,
      height: `${Math.min(size.height, viewPx().height - 2 * MARGIN_PX)}px`,
    });
  };
  /** Inside of what is full screen, since the rest is inert then, and last in the top layer, so above the rest of it. */
  const toTop = () => {
    const parent = roomFor(document.fullscreenElement) ?? document.documentElement;
    if (host.parentNode !== parent) putInto(parent, host);
    if (host.matches(':popover-open')) host.hidePopover();
    host.showPopover();
  };
  const receive = (message: FromOverlay, origin: string) => {
    switch (message.streamsync) {
      case 'ready':
        frame.contentWindow?.postMessage({ streamsync: 'secret', secret, open: place.open }, origin);
        return;
      case 'size':
        size = { width: message.widthPx, height: message.heightPx };
        wear();
        return;
      case 'open':
        place = { ...place, open: message.open };
        edges.moved(place);
        return;
      case 'move': {
        const free = freePx();
        place = {
          ...place,
          x: moved(place.x, message.dxPx, free.width),
          y: moved(place.y, message.dyPx, free.height),
        };
        wear();
        edges.moved(place);
      }
    }
  };

  window.addEventListener(
    'message',
    (event) => {
      // Anybody can post to a page's window; only our own frame is both this window and of this origin.
      if (event.source !== frame.contentWindow || !origins.includes(event.origin)) return;
      const parsed = fromOverlay.safeParse(event.data);
      if (parsed.success) receive(parsed.data, event.origin);
    },
    { signal },
  );
  window.addEventListener('resize', () => wear(), { signal });
  document.addEventListener('fullscreenchange', toTop, { signal });

  // Sites that draw their page anew throw out what they do not know, and some restyle it.
  let repairs = 0;
  let worn = '';
  const wear = () => {
    stand();
    worn = host.style.cssText;
  };
  const repair = () => {
    const fine = host.isConnected && host.matches(':popover-open') && host.style.cssText === worn;
    if (fine || ++repairs > MAX_REPAIRS) return;
    wear();
    toTop();
  };
  const watch = new MutationObserver(repair);
  watch.observe(document.documentElement, { childList: true });
  watch.observe(host, { attributes: true });
  const check = setInterval(repair, CHECK_MS);
  wear();
  toTop();
  signal.addEventListener('abort', () => {
    clearInterval(check);
    watch.disconnect();
    host.remove();
  });
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

/** It may also have gone with something that it was put into. */
const CHECK_MS = 1000;
/** A page that keeps throwing it out is not fought for ever. */
const MAX_REPAIRS = 200;

/** A replaced element shows nothing that is put into it. */
function roomFor(fullScreen: Element | null): Element | null {
  return fullScreen?.matches('video, iframe, img, canvas, object, embed') ? null : fullScreen;
}

/** Moving keeps a frame as it is; taking it out and putting it in again, for older browsers, loads it anew. */
function putInto(parent: Element & { moveBefore?: unknown }, host: Element): void {
  if (host.isConnected && 'moveBefore' in parent) parent.moveBefore(host, null);
  else parent.append(host);
}

function moved(part: number, byPx: number, freePx: number): number {
  return freePx === 0 ? part : Math.max(0, Math.min(1, part + byPx / freePx));
}

function dress(element: HTMLElement, styles: Record<string, string>): void {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, 'important');
}
