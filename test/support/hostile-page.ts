/*
 * What a hostile site does in its own page. Each function runs there, and so stands alone.
 */

/**
 * Ways to have somebody press what they do not see. `pressable`: the overlay is there all the same, and works; `repaired`: it was
 * out of sight for a moment, and came back.
 */
export const DISGUISES: Record<string, { wear: () => void; pressable: boolean; repaired?: true }> = {
  'an opaque sheet above all': {
    pressable: true,
    wear: () => {
      const sheet = document.createElement('div');
      sheet.style.cssText = 'position:fixed;inset:0;background:#fff;z-index:2147483647;pointer-events:none';
      document.documentElement.append(sheet);
    },
  },
  'a sheet in the top layer': {
    pressable: true,
    wear: () => {
      const sheet = document.createElement('div');
      sheet.popover = 'manual';
      sheet.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;pointer-events:none';
      document.documentElement.append(sheet);
      sheet.showPopover();
    },
  },
  'a sheet in the top layer, of which nobody hears': {
    pressable: false,
    wear: () => {
      window.addEventListener('toggle', (event) => event.stopImmediatePropagation(), true);
      window.addEventListener('beforetoggle', (event) => event.stopImmediatePropagation(), true);
      const sheet = document.createElement('div');
      sheet.popover = 'manual';
      sheet.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;pointer-events:none';
      document.documentElement.append(sheet);
      const again = () => {
        if (sheet.matches(':popover-open')) sheet.hidePopover();
        sheet.showPopover();
        requestAnimationFrame(again);
      };
      again();
    },
  },
  'a sheet that can hardly be seen itself': {
    pressable: false,
    wear: () => {
      const sheet = document.createElement('div');
      sheet.popover = 'manual';
      sheet.style.cssText =
        'position:fixed;inset:0;width:100%;height:100%;border:0;background:#fff;opacity:0.9;pointer-events:none';
      document.documentElement.append(sheet);
      const again = () => {
        if (sheet.matches(':popover-open')) sheet.hidePopover();
        sheet.showPopover();
        requestAnimationFrame(again);
      };
      again();
    },
  },
  'a page that is see-through': {
    pressable: true,
    wear: () => {
      document.documentElement.style.opacity = '0.02';
    },
  },
  'a page behind a filter, clipped and shrunk': {
    pressable: true,
    wear: () => {
      document.documentElement.style.cssText =
        'filter:brightness(9) blur(8px);clip-path:inset(0 100% 0 0);transform:scale(0.2);mask-image:linear-gradient(transparent,transparent)';
    },
  },
  'a page whose content is not drawn': {
    pressable: false,
    wear: () => {
      document.documentElement.style.display = 'none';
    },
  },
  'styles for whatever is put into it': {
    pressable: true,
    wear: () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'html > div { opacity: 0 !important; visibility: hidden !important; filter: blur(9px) !important; clip-path: inset(50%) !important; display: none !important; transform: scale(0.1) !important; pointer-events: none !important }' +
          '::backdrop, dialog, iframe, [popover] { opacity: 0 !important; visibility: hidden !important }',
      );
      document.adoptedStyleSheets = [sheet];
    },
  },
  'styles on what was put into it': {
    pressable: true,
    repaired: true,
    wear: () => {
      const host = [...document.documentElement.children].findLast(
        (child) => child instanceof HTMLDivElement,
      );
      host?.setAttribute('style', 'opacity:0;display:none;visibility:hidden');
      host?.setAttribute('inert', '');
      host?.setAttribute('hidden', '');
    },
  },
  'a picture of before, while the page changes behind it': {
    pressable: true,
    wear: () => {
      document.startViewTransition(() => new Promise((done) => setTimeout(done, 3500)));
    },
  },
};

/** Shrinks the page, and what stands over it, as soon as the pointer is pressed. */
export function shrinkUnderPress(): void {
  const shrink = () => setTimeout(() => (document.documentElement.style.zoom = '0.7'));
  window.addEventListener('pointerdown', shrink, { capture: true, once: true });
}

/** Overhears what passes through whatever a page can replace, from before anything else has run in it. */
export function overhear(): void {
  if (!location.protocol.startsWith('http')) return;
  const heard: string[] = [];
  const { stringify } = JSON;
  const note = (value: unknown) => {
    try {
      heard[heard.length] = typeof value === 'string' ? value : stringify(value);
    } catch {
      // Elements and windows have no words of their own.
    }
  };
  Object.defineProperty(globalThis, 'overheard', { value: heard });
  const { apply } = Reflect;
  const spied: [object, string][] = [
    ...['attachShadow', 'append', 'setAttribute', 'animate', 'moveBefore'].map((name): [object, string] => [
      Element.prototype,
      name,
    ]),
    ...['addEventListener', 'dispatchEvent'].map((name): [object, string] => [EventTarget.prototype, name]),
    [Node.prototype, 'appendChild'],
    [JSON, 'parse'],
    [JSON, 'stringify'],
    [MessagePort.prototype, 'postMessage'],
    [BroadcastChannel.prototype, 'postMessage'],
    [window, 'postMessage'],
    [window, 'fetch'],
    [WebSocket.prototype, 'send'],
    [MutationObserver.prototype, 'observe'],
    [Promise.prototype, 'then'],
    [Array.prototype, 'map'],
    [String.prototype, 'includes'],
    [Storage.prototype, 'setItem'],
  ];
  for (const [owner, name] of spied) {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') continue;
    Reflect.set(owner, name, function (this: unknown, ...args: unknown[]): unknown {
      for (const each of args) note(each);
      const result: unknown = apply(original, this, args);
      return result;
    });
  }
  for (const name of ['secret', 'text', 'payload', 'streamsync', 'contentId', 'key']) {
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      set(value: unknown) {
        note(value);
        Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
      },
    });
  }
  for (const type of [
    'message',
    'messageerror',
    'storage',
    'securitypolicyviolation',
    'error',
    'toggle',
    'input',
    'copy',
    'paste',
    'selectionchange',
  ]) {
    window.addEventListener(
      type,
      (event) => {
        note(`heard ${type}`);
        if ('data' in event) note(event.data);
        if ('blockedURI' in event) note(event.blockedURI);
      },
      true,
    );
  }
}

/** All that a page can read of itself by itself. */
export function lookAround(): string {
  const host = [...document.documentElement.children].findLast((child) => child instanceof HTMLDivElement);
  const shadows = host ? [host] : [];
  const parts: unknown[] = [
    document.documentElement.outerHTML,
    document.documentElement.getHTML({ serializableShadowRoots: true, shadowRoots: [] }),
    document.documentElement.innerText,
    host?.shadowRoot,
    window.length,
    [...document.querySelectorAll('iframe')].map(({ src }) => src),
    performance.getEntries().map(({ name }) => name),
    document.getAnimations().length,
    Object.keys(localStorage),
    document.cookie,
    shadows.map((each) => [...each.childNodes].length),
    document.getSelection()?.toString(),
  ];
  return JSON.stringify(parts);
}
