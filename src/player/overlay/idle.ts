/** As long as most players take to hide their controls. */
const IDLE_AFTER_MS = 3000;

const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Tells when nobody has touched the page for a while, and when somebody does again. */
export function watchIdle(window: Window, tell: (idle: boolean) => void, signal: AbortSignal) {
  let idle = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (now: boolean) => {
    if (now === idle) return;
    idle = now;
    tell(idle);
  };
  /** Somebody is there, as this page or a frame of it has seen. */
  const stir = () => {
    clearTimeout(timer);
    timer = setTimeout(() => say(true), IDLE_AFTER_MS);
    say(false);
  };
  for (const type of SIGNS) {
    window.addEventListener(type, ({ isTrusted }) => isTrusted && stir(), {
      capture: true,
      passive: true,
      signal,
    });
  }
  signal.addEventListener('abort', () => clearTimeout(timer));
  stir();
  return { stir };
}
