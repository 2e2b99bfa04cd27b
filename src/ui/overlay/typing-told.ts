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
  let pressedElsewhere = false;
  const tell = (typing: boolean) => {
    if (typing === told) return;
    told = typing;
    line.tell({ type: 'typing', typing });
  };
  document.addEventListener(
    'focusin',
    ({ target }) => {
      if (isField(target)) field = target;
      pressedElsewhere = false;
      tell(isField(target));
    },
    { signal },
  );
  // The frame has its keys back, later than its field had them.
  window.addEventListener(
    'focus',
    () => {
      if (told && !pressedElsewhere && !isField(document.activeElement)) field?.focus();
    },
    { signal },
  );
  document.addEventListener('pointerdown', ({ target }) => (pressedElsewhere = !isField(target)), {
    capture: true,
    signal,
  });
  document.addEventListener(
    'focusout',
    // Where it is not the person who has left the field, the site around has taken the keys, which this document may be
    // told some milliseconds later than the field.
    () =>
      setTimeout(() => {
        const left = pressedElsewhere || !field?.isConnected;
        if (left && document.hasFocus()) tell(isField(document.activeElement));
      }),
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
