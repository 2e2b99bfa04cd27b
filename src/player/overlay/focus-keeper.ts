/** A person who presses in the page wants to be there. */
const HAND_MS = 500;
/** A site that never gives up is not answered faster than this. */
const TAKE_BACK_MS = 30;

const FOCUS_EVENTS = ['blur', 'focusout', 'focus', 'focusin'] as const;

/**
 * Keeps what a person writes in the overlay from going elsewhere: some sites give the keys to their player again and again.
 * While somebody writes they are not told that their player lost them, and what one takes is given back, for good.
 */
export function keepFocus(
  window: Window,
  document: Document,
  host: Element,
  giveBack: () => void,
  signal: AbortSignal,
) {
  let typing = false;
  let handAtMs = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const takeBack = () => {
    timer = undefined;
    if (typing && document.hasFocus() && document.activeElement !== host) giveBack();
  };
  window.addEventListener(
    'pointerdown',
    (event) => {
      if (event.isTrusted && event.target !== host) handAtMs = performance.now();
    },
    { capture: true, passive: true, signal },
  );
  for (const type of FOCUS_EVENTS) {
    window.addEventListener(
      type,
      (event) => {
        if (!typing) return;
        if (performance.now() - handAtMs < HAND_MS) {
          typing = false;
          return;
        }
        event.stopImmediatePropagation();
        timer ??= setTimeout(takeBack, TAKE_BACK_MS);
      },
      { capture: true, signal },
    );
  }
  signal.addEventListener('abort', () => clearTimeout(timer));
  return {
    typing: (on: boolean) => {
      typing = on;
      takeBack();
    },
  };
}
