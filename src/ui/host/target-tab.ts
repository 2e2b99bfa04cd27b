/** A tab as far as the browser shows it: without permission for its site, address and title are hidden. */
export interface TargetTab {
  id: number;
  url?: string | undefined;
  title?: string | undefined;
}

interface TabEdge {
  id?: number | undefined;
  url?: string | undefined;
  title?: string | undefined;
  active: boolean;
  lastAccessed?: number | undefined;
}

/** The part of `browser.tabs` that is used. */
export interface TabsEdge {
  get(id: number): Promise<TabEdge>;
  query(what: { currentWindow: true }): Promise<TabEdge[]>;
  /** The tab the page itself is in; undefined in a real popup. */
  getCurrent(): Promise<TabEdge | undefined>;
}

/**
 * The tab that would take part. Under a real popup that is the active tab. A popup page opened in a tab of its own
 * is itself the active one: there it is the tab used last before. `?tab=<id>` in the page's address wins over both.
 */
export async function targetTab(
  tabs: TabsEdge,
  ownOrigin: string,
  search: string,
): Promise<TargetTab | null> {
  const asked = new URLSearchParams(search).get('tab');
  if (asked !== null && /^\d{1,15}$/.test(asked)) {
    return withId(await tabs.get(Number(asked)).catch(() => undefined));
  }
  const [all, own] = await Promise.all([tabs.query({ currentWindow: true }), tabs.getCurrent()]);
  const others = all.filter((tab) => tab.id !== own?.id && !tab.url?.startsWith(ownOrigin));
  const active = others.find((tab) => tab.active);
  const latest = others.toSorted((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))[0];
  return withId(active ?? latest);
}

function withId(tab: TabEdge | undefined): TargetTab | null {
  return tab?.id === undefined ? null : { id: tab.id, url: tab.url, title: tab.title };
}
