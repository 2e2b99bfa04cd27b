/** Smaller frames hold buttons and ads, not videos. */
const LARGE_AREA_PX = 300 * 168;
const ORIGINS_AT_MOST = 16;

/** Calls back when a frame in this document is loaded anew, and with it has lost its player script. */
export function onFrameLoad(document: Document, run: () => void, signal: AbortSignal): void {
  document.addEventListener('load', ({ target }) => target instanceof HTMLIFrameElement && run(), {
    capture: true,
    signal,
  });
}

/** Origins of the large frames of other origins in this document. */
export function largeFrameOrigins(window: Window, document: Document): string[] {
  const origins = new Set<string>();
  for (const frame of document.querySelectorAll('iframe')) {
    const { width, height } = frame.getBoundingClientRect();
    if (width * height < LARGE_AREA_PX || !URL.canParse(frame.src)) continue;
    const { origin, protocol } = new URL(frame.src);
    if (/^https?:$/.test(protocol) && origin !== window.location.origin) origins.add(origin);
  }
  return [...origins].slice(0, ORIGINS_AT_MOST);
}
