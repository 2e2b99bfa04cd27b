/** Often enough for what is hidden to be there when the pointer arrives. */
const TELL_EVERY_MS = 150;

/** Tells when the pointer moves in an embedded frame, which the page around it cannot see; where, if it fills the screen. */
export function watchPointer(
  window: Window,
  document: Document,
  tell: (at: { x: number; y: number } | null) => void,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = { x: 0, y: 0 };
  const say = () => {
    timer = undefined;
    tell(document.fullscreenElement ? last : null);
  };
  window.addEventListener(
    'pointermove',
    ({ isTrusted, clientX, clientY }) => {
      if (!isTrusted) return;
      last = { x: clientX, y: clientY };
      timer ??= setTimeout(say, TELL_EVERY_MS);
    },
    { capture: true, passive: true, signal },
  );
  signal.addEventListener('abort', () => clearTimeout(timer));
}
