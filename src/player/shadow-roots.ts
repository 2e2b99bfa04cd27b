interface ExtensionDom {
  /** Chromium's `chrome.dom` of content scripts. */
  dom?: { openOrClosedShadowRoot: (element: HTMLElement) => ShadowRoot | null };
}

/** The shadow root of an element, closed ones included: both browsers let an extension's own world look into them. */
export function anyShadowRoot(element: Element): ShadowRoot | null {
  if (element.shadowRoot) return element.shadowRoot;
  // Neither is in the DOM typings: `chrome.dom` is Chromium's, `Element.openOrClosedShadowRoot` is Firefox's.
  const { chrome } = globalThis as typeof globalThis & { chrome?: ExtensionDom };
  const { openOrClosedShadowRoot } = element as Element & { openOrClosedShadowRoot?: ShadowRoot | null };
  if (openOrClosedShadowRoot) return openOrClosedShadowRoot;
  if (!chrome?.dom || !(element instanceof HTMLElement) || !element.localName.includes('-')) return null;
  return chrome.dom.openOrClosedShadowRoot(element);
}
