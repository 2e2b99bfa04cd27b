import type { FromPlayer } from '../messaging/player-port.ts';
import { Throttle, type After } from '../messaging/throttle.ts';
import type { PageIdentity } from './sites/identify.ts';

const LOOK_MS = 500;
/** Each time the whole tab is looked through for frames without a script. */
const FRAMES_EVERY_MS = 500;
/** Smaller frames hold buttons and ads, not films. */
const LARGE_AREA_PX = 300 * 168;
const ORIGINS_AT_MOST = 16;

/**
 * Watches what a frame shows and which frames it embeds. Single-page sites change address and title without a load, which
 * no event tells in a content script, so it looks twice a second.
 */
export function watchPage(
  window: Window,
  document: Document,
  identify: () => PageIdentity,
  send: (message: FromPlayer) => void,
  signal: AbortSignal,
  timers?: After,
): { tell: () => void } {
  const isTop = window.top === window;
  let told = '';
  let toldFrames = '';
  const tellFrames = () => {
    const largeOrigins = largeFrameOrigins(window, document);
    toldFrames = largeOrigins.join();
    send({ type: 'frames_changed', largeOrigins });
  };
  const frames = new Throttle(tellFrames, FRAMES_EVERY_MS, timers);

  const tell = () => {
    told = toldFrames = '';
    look();
  };
  const look = () => {
    if (isTop) {
      const identity = identify();
      const news = JSON.stringify(identity);
      if (told !== news) send({ type: 'page', ...identity });
      told = news;
    }
    if (largeFrameOrigins(window, document).join() !== toldFrames) frames.ask();
  };

  const timer = setInterval(look, LOOK_MS);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    frames.stop();
  });
  document.addEventListener(
    'load',
    // A frame that loaded anew has lost its player script.
    ({ target }) => target instanceof HTMLIFrameElement && frames.ask(),
    { capture: true, signal },
  );
  return { tell };
}

function largeFrameOrigins(window: Window, document: Document): string[] {
  const origins = new Set<string>();
  for (const frame of document.querySelectorAll('iframe')) {
    const { width, height } = frame.getBoundingClientRect();
    if (width * height < LARGE_AREA_PX || !URL.canParse(frame.src)) continue;
    const { origin, protocol } = new URL(frame.src);
    if (/^https?:$/.test(protocol) && origin !== window.location.origin) origins.add(origin);
  }
  return [...origins].slice(0, ORIGINS_AT_MOST);
}
