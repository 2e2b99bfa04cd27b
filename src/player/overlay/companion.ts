import { dress } from './host-element.ts';
import type { OverlayFrame } from './overlay-frame.ts';

/** Chromium's; not in TypeScript's DOM yet. */
interface DocumentPictureInPicture {
  requestWindow: (size: { width: number; height: number }) => Promise<Window>;
}

const SIZE_PX = { width: 340, height: 520 };

/**
 * The party in a window of its own that stays above all others, also above a film that fills the screen. The browser opens
 * one only right after a person's act, and for no frame: a press in our frame counts for the page around it, too.
 */
export function companionWindow(
  window: Window & { documentPictureInPicture?: DocumentPictureInPicture },
  makeFrame: (document: Document) => OverlayFrame,
  tell: (open: boolean) => void,
  signal: AbortSignal,
) {
  let shown: Window | null = null;
  signal.addEventListener('abort', () => shown?.close());
  return {
    supported: window.documentPictureInPicture !== undefined,
    open: async () => {
      // Refused without a fresh press, or where the site's policy forbids it: then there is none.
      const opened = await window.documentPictureInPicture?.requestWindow(SIZE_PX).catch(() => undefined);
      if (!opened || signal.aborted) {
        opened?.close();
        tell(false);
        return;
      }
      shown = opened;
      opened.document.title = 'StreamSync';
      const holder = opened.document.createElement('div');
      dress(holder, {
        all: 'initial',
        display: 'block',
        position: 'fixed',
        inset: '0',
        background: '#14121c',
      });
      holder.attachShadow({ mode: 'closed' }).append(makeFrame(opened.document).frame);
      opened.document.body.append(holder);
      opened.addEventListener('pagehide', () => {
        if (shown !== opened) return;
        shown = null;
        tell(false);
      });
      tell(true);
    },
  };
}
