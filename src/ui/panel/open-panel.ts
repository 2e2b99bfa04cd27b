/** Chromium's `sidePanel` and Firefox's `sidebarAction`, as far as they are used; the polyfill knows only the second. */
export interface PanelApis {
  sidePanel?: { open: (where: { windowId: number }) => Promise<void> } | undefined;
  sidebarAction?: { open: () => Promise<void> } | undefined;
}

interface PanelEdges extends PanelApis {
  currentWindowId: () => Promise<number>;
}

/** Opens the party beside the page; null where this page cannot. False when the browser refused. */
export function panelOpener({
  sidePanel,
  sidebarAction,
  currentWindowId,
}: PanelEdges): (() => Promise<boolean>) | null {
  const done = (opened: Promise<void>) =>
    opened.then(
      () => true,
      () => false,
    );
  // First thing in the click: Firefox refuses it after any wait.
  if (sidebarAction) return () => done(sidebarAction.open());
  if (sidePanel) return () => done(currentWindowId().then((windowId) => sidePanel.open({ windowId })));
  return null;
}
