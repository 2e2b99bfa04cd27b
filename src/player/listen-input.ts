import type { PersonInput } from './person-input.ts';

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Tab', 'Fn']);
const NOT_TEXT = new Set([
  'range',
  'button',
  'checkbox',
  'radio',
  'submit',
  'reset',
  'color',
  'file',
  'image',
]);

/**
 * Feeds what the person's hand does in this frame to `input`. Only trusted events count: a page can dispatch any event,
 * but not make it trusted (DOM, `isTrusted`). `onTouch` is told of each new press or key, for the other frames of the tab.
 */
export function listenInput(
  window: Window,
  input: PersonInput,
  nowMs: () => number,
  onTouch: () => void,
  signal: AbortSignal,
): void {
  const on = <K extends keyof WindowEventMap>(types: K[], handle: (event: WindowEventMap[K]) => void) => {
    for (const type of types) {
      window.addEventListener(type, (event) => event.isTrusted && handle(event), {
        capture: true,
        passive: true,
        signal,
      });
    }
  };

  on(['pointerdown'], () => {
    input.pressed(nowMs());
    onTouch();
  });
  on(['pointerup', 'pointercancel', 'dragend'], () => {
    if (input.held) input.released(nowMs());
  });
  // Elements lose focus in the middle of a press; only the window's losing it ends the press.
  on(['blur'], ({ target }) => {
    if (input.held && target === window) input.released(nowMs());
  });
  // A player's own controls may swallow the release; a pointer that moves with no button down was released.
  on(['pointermove'], (event) => {
    if (!input.held) return;
    if (event.buttons === 0) input.released(nowMs());
    else input.moved();
  });
  // A click without a press before it comes from a keyboard or an assistive tool.
  on(['click'], (event) => {
    if (event.detail === 0 && !input.explains('playing', nowMs())) {
      input.touched(nowMs());
      onTouch();
    } else if (input.held) input.released(nowMs());
  });
  // Chromium keeps a hand on the browser's own controls to itself, but for what it does to their sliders.
  on(['input'], (event) => {
    if (!isPlayer(event.composedPath()[0])) return;
    if (input.held) input.moved();
    else input.touched(nowMs());
  });
  on(['gotpointercapture'], (event) => {
    if (isPlayer(event.composedPath()[0]) && !input.held) input.grabbed();
  });
  on(['lostpointercapture'], () => {
    if (input.held) input.released(nowMs());
  });
  on(['keydown'], (event) => {
    if (MODIFIERS.has(event.key) || isTextField(event.composedPath()[0])) return;
    input.touched(nowMs());
    onTouch();
  });
}

function isPlayer(target: EventTarget | undefined): boolean {
  return target instanceof HTMLMediaElement;
}

function isTextField(target: EventTarget | undefined): boolean {
  if (target instanceof HTMLInputElement) return !NOT_TEXT.has(target.type);
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}
