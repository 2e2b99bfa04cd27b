import type { OverlayLine } from './greeting.ts';

export interface Typing {
  now: () => boolean;
  /** Goes on where the person wrote last. */
  resume: () => void;
}

/** Tells the script around whether somebody writes here, so that the site cannot take the keys away meanwhile. */
export function tellTyping(document: Document, line: OverlayLine, signal: AbortSignal): Typing {
  let told = false;
  let field: HTMLElement | null = null;
  const tell = (typing: boolean) => {
    if (typing === told) return;
    told = typing;
    line.tell({ type: 'typing', typing });
  };
  document.addEventListener(
    'focusin',
    ({ target }) => {
      if (isField(target)) field = target;
      tell(isField(target));
    },
    { signal },
  );
  document.addEventListener(
    'focusout',
    // Where the whole frame has lost the keys, the person may not have wanted that.
    () => setTimeout(() => document.hasFocus() && tell(isField(document.activeElement))),
    { signal },
  );
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Tab') tell(false);
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      tell(false);
      line.tell({ type: 'yield' });
    },
    { signal },
  );
  return {
    now: () => isField(document.activeElement) && document.hasFocus(),
    resume: () => {
      field?.blur();
      field?.focus();
    },
  };
}

function isField(target: EventTarget | null): target is HTMLTextAreaElement | HTMLInputElement {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}
