import type { Box } from './box.ts';

/** It may also have gone with something that it was put into. */
const CHECK_MS = 1000;
/** A page that keeps throwing it out is not fought for ever. */
const MAX_REPAIRS = 200;

/** A frame that was shown a moment ago does not hear the pointer yet, and the page around hears it over us. */
const HEARS_AFTER_MS = 300;

/** A modal dialog would darken the film. */
const STYLE = 'dialog::backdrop { display: none; }';

/**
 * Holds the overlay's frame over the page: in a closed shadow tree, where a page can neither see nor style it, and in the top
 * layer, above all that a page can make. Of a page's own styles only a hidden host touches what is in the top layer.
 *
 * Where a film or a frame is full screen itself, nothing can be put into it, and Chromium makes all outside of it inert:
 * seen, but neither clicked nor typed into. Only a modal dialog is above that rule (HTML, "inert subtrees"), but makes the
 * rest inert in turn, controls of the film included. So it is modal only while the pointer is over it or somebody writes in it.
 */
export class OverlayHost {
  readonly element: HTMLElement;
  readonly #dialog: HTMLDialogElement;
  readonly #nowMs: () => number;
  readonly #document: Document;
  #box: Box = { left: 0, top: 0, width: 1, height: 1 };
  #worn = '';
  #repairs = 0;
  #modal = false;
  #held = false;
  #shownAtMs = -Infinity;

  constructor(window: Window, document: Document, frame: HTMLIFrameElement, signal: AbortSignal) {
    this.#nowMs = () => window.performance.now();
    this.#document = document;
    this.element = document.createElement('div');
    this.#dialog = document.createElement('dialog');
    this.#dialog.popover = 'manual';
    this.#dialog.append(frame);
    const style = document.createElement('style');
    style.textContent = STYLE;
    this.element.attachShadow({ mode: 'closed' }).append(style, this.#dialog);

    // Sites that draw their page anew throw out what they do not know, and some restyle it.
    const watch = new MutationObserver(() => this.#repair());
    watch.observe(document.documentElement, { childList: true });
    watch.observe(this.element, { attributes: true });
    const check = setInterval(() => this.#repair(), CHECK_MS);
    document.addEventListener('fullscreenchange', () => this.raise(), { signal });
    // What a page puts into the top layer after us lies above us.
    document.addEventListener('toggle', ({ target }) => isAbove(target) && this.raise(), {
      capture: true,
      signal,
    });
    const passive = { capture: true, passive: true, signal };
    window.addEventListener(
      'pointermove',
      // Whoever drags something of the page over us is not on the way to us.
      ({ isTrusted, buttons, clientX, clientY }) =>
        isTrusted && buttons === 0 && this.pointerAt(clientX, clientY),
      passive,
    );
    window.addEventListener(
      'pointerdown',
      ({ isTrusted, clientX, clientY }) => {
        if (!isTrusted) return;
        // While it is modal a press beside it is heard by nobody else: it means "I am done here".
        if (this.#modal && !this.#covers(clientX, clientY)) this.#held = false;
        this.pointerAt(clientX, clientY);
      },
      passive,
    );
    signal.addEventListener('abort', () => {
      clearInterval(check);
      watch.disconnect();
      this.element.remove();
    });
  }

  /** Stands there from now on. */
  stand(box: Box): void {
    this.#box = box;
    this.#dress();
    if (!this.element.isConnected) this.raise();
  }

  /** To the front of the top layer; inside of what is full screen where that can hold it, since the rest is inert then. */
  raise(): void {
    const parent = roomFor(this.#document.fullscreenElement) ?? this.#document.documentElement;
    if (this.element.parentNode !== parent) putInto(parent, this.element);
    this.#show(this.#held && (this.#modal || this.#isSealed()));
  }

  /** Whether the person writes in it. */
  hold(on: boolean): void {
    this.#held = on;
    if (on && !this.#modal && this.#isSealed()) this.#show(true);
    if (!on && this.#modal && !this.#isSealed()) this.#show(false);
  }

  /** Makes all of the page inert until the person is done writing: what is inert cannot take the keys. */
  fence(): void {
    this.#held = true;
    if (!this.#modal) this.#show(true);
  }

  /**
   * The pointer is there, as the page has seen or a frame of it that fills the screen. A pointer that our own frame can
   * hear is seen by neither: so where it is over us, something makes us inert or covers us.
   */
  pointerAt(x: number, y: number): void {
    const over = this.#covers(x, y);
    const hears = this.#isSealed() || this.#nowMs() - this.#shownAtMs > HEARS_AFTER_MS;
    if (over && !this.#modal && hears) this.#show(true);
    if (!over && this.#modal && !this.#held) this.#show(false);
  }

  #covers(x: number, y: number): boolean {
    const { left, top, width, height } = this.#box;
    return x >= left && x < left + width && y >= top && y < top + height;
  }

  #show(modal: boolean): void {
    const dialog = this.#dialog;
    if (dialog.open) dialog.close();
    if (dialog.matches(':popover-open')) dialog.hidePopover();
    if (!dialog.isConnected) return;
    // A modal gives the keys to what is in it, unless it wants them itself: nobody asked to type yet.
    dialog.autofocus = modal;
    if (modal) dialog.showModal();
    else dialog.showPopover();
    this.#modal = modal;
    this.#shownAtMs = this.#nowMs();
  }

  /** Whether what is full screen has no room for us. */
  #isSealed(): boolean {
    const { fullscreenElement } = this.#document;
    return fullscreenElement !== null && roomFor(fullscreenElement) === null;
  }

  #repair(): void {
    const host = this.element;
    const shown = this.#dialog.matches(this.#modal ? ':modal' : ':popover-open');
    const fine =
      host.isConnected && shown && host.style.cssText === this.#worn && host.attributes.length === 1;
    if (fine || ++this.#repairs > MAX_REPAIRS) return;
    for (const { name } of [...host.attributes]) if (name !== 'style') host.removeAttribute(name);
    this.#dress();
    this.raise();
  }

  #dress(): void {
    const { left, top, width, height } = this.#box;
    const box = {
      ...{ position: 'fixed', inset: 'auto', display: 'block', margin: '0', padding: '0', border: '0' },
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    };
    dress(this.#dialog, { ...box, ...BARE, 'max-width': 'none', 'max-height': 'none' });
    dress(this.element, { all: 'initial', ...box, 'z-index': '2147483647', 'pointer-events': 'none' });
    this.#worn = this.element.style.cssText;
  }
}

const BARE = {
  ...{ overflow: 'hidden', background: 'transparent', outline: '0', 'color-scheme': 'normal' },
  ...{ visibility: 'visible', 'pointer-events': 'auto' },
};

function isAbove(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(':popover-open, :modal');
}

/** A replaced element shows nothing that is put into it. */
function roomFor(fullScreen: Element | null): Element | null {
  return fullScreen?.matches('video, iframe, img, canvas, object, embed') ? null : fullScreen;
}

/** Moving keeps a frame as it is; taking it out and putting it in again, for older browsers, loads it anew. */
function putInto(parent: Element & { moveBefore?: unknown }, host: Element): void {
  if (host.isConnected && 'moveBefore' in parent) parent.moveBefore(host, null);
  else parent.append(host);
}

/** Styles that no rule of the page can overrule. */
export function dress(element: HTMLElement, styles: Record<string, string>): void {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, 'important');
}
