import { browser } from 'wxt/browser';

/** Of those origins the ones that the person has not let us into. */
export async function notPermitted(origins: readonly string[]): Promise<string[]> {
  // Match patterns know no ports (MDN, "Match patterns").
  const patterns = origins.map((origin) => `${origin.replace(/:\d+$/, '')}/*`);
  const allowed = await Promise.all(
    patterns.map((pattern) => browser.permissions.contains({ origins: [pattern] })),
  );
  return origins.filter((_, index) => !allowed[index]);
}

/**
 * Whether the person lets us into the site of that tab. That scripts can be put there is not enough: a press of our icon
 * allows it as well (`activeTab`), also after the site was taken back.
 */
export async function isPermitted(tabId: number): Promise<boolean> {
  const url = await browser.tabs.get(tabId).then(
    (tab) => tab.url,
    () => undefined,
  );
  if (url === undefined || !/^https?:/.test(url)) return false;
  return (await notPermitted([new URL(url).origin])).length === 0;
}
