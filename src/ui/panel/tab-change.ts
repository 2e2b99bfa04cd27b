interface Signal<Listener> {
  addListener(listener: Listener): void;
  removeListener(listener: Listener): void;
}

/** The part of `browser.tabs` that tells of tabs; none of it needs a permission. */
export interface TabSignals {
  onActivated: Signal<() => void>;
  onUpdated: Signal<(tabId: number, change: { status?: string }) => void>;
}

/** Calls back when another tab comes to the front, or one has gone to another page, until the returned function is called. */
export function onTabChange(tabs: TabSignals, window: Window, listener: () => void): () => void {
  const updated = (_: number, { status }: { status?: string }) => {
    if (status === 'complete') listener();
  };
  const activated = () => listener();
  tabs.onActivated.addListener(activated);
  tabs.onUpdated.addListener(updated);
  // The person may have let us into the tab by a press of the icon, of which the browser tells nobody.
  window.addEventListener('focus', activated);
  return () => {
    tabs.onActivated.removeListener(activated);
    tabs.onUpdated.removeListener(updated);
    window.removeEventListener('focus', activated);
  };
}
