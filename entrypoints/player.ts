import '../src/messaging/no-eval.ts';
import { browser } from 'wxt/browser';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { PORTS } from '../src/messaging/runtime-port.ts';
import { overlayPlaces } from '../src/player/overlay/places.ts';
import { OverlaySwitch } from '../src/player/overlay/overlay-switch.ts';
import { showOverlay } from '../src/player/overlay/show-overlay.ts';
import { runFrame } from '../src/player/frame/run-frame.ts';
import { anyShadowRoot } from '../src/player/shadow-roots.ts';

/** Marks a frame that has its script, in the extension's own world, which no page can see. */
const marked = globalThis as typeof globalThis & {
  streamsyncPlayer?: AbortController;
  /** Set by the script before this one (overlay-first.ts). */
  streamsyncOverlayFirst?: true;
};

// Not WXT's content script: that tells the page, by a message, that it has started and whose it is.
export default defineUnlistedScript({
  main: () => {
    if (marked.streamsyncPlayer && !marked.streamsyncPlayer.signal.aborted) return;
    const lifetime = new AbortController();
    const places = overlayPlaces((message) => browser.runtime.sendMessage(message));
    marked.streamsyncPlayer = lifetime;
    const hurry = marked.streamsyncOverlayFirst === true;
    delete marked.streamsyncOverlayFirst;
    const overlay = new OverlaySwitch((signal) => {
      const secret = crypto.randomUUID();
      const url = browser.runtime.getURL('/overlay.html');
      // A page is asked for by an address of this session only (`use_dynamic_url`), and is at its own one then.
      const origins = [new URL(url).origin, `chrome-extension://${browser.runtime.id}`];
      const shown = places.read().then((place) =>
        // It may have been taken away before it was there.
        signal.aborted
          ? null
          : showOverlay(
              { window, document, url, origins, secret, place, moved: places.write, hurry },
              signal,
            ),
      );
      return { secret, shown };
    }, lifetime.signal);
    if (hurry) overlay.set(true);
    whenParsed(document, () => {
      runFrame({
        window,
        document,
        connect: () => browser.runtime.connect({ name: PORTS.player }),
        shadowOf: anyShadowRoot,
        overlay,
        lifetime,
      });
    });
  },
});

/**
 * It may be here before anything of its page is, which is not known for what it is until then. `DOMContentLoaded` waits for all
 * scripts of the page as well.
 */
function whenParsed(document: Document, run: () => void): void {
  if (document.readyState !== 'loading') run();
  else document.addEventListener('readystatechange', run, { once: true });
}
