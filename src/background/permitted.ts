import { browser } from 'wxt/browser';

/** Of those origins the ones that the person has not let us into. */
export async function notPermitted(origins: readonly string[]): Promise<string[]> {
  const allowed = await Promise.all(origins.map(isAllowed));
  return origins.filter((_, index) => !allowed[index]);
}

/**
 * Which tabs' sites the person lets us into. That scripts can be put there is not enough: a press of our icon allows it as
 * well (`activeTab`), also after the site was taken back.
 */
export class Permitted {
  /** Each next film of a site is a new page, whose friends' faces wait for this. */
  readonly #known = new Map<string, Promise<boolean>>();

  /** @param url Of the page in that tab, if it is known already. */
  async has(tabId: number, url?: string): Promise<boolean> {
    const address = url ?? (await urlOf(tabId));
    if (address === undefined || !/^https?:/.test(address)) return false;
    const { origin } = new URL(address);
    const known = this.#known.get(origin) ?? isAllowed(origin);
    this.#known.set(origin, known);
    return known;
  }

  /** The person has let us in somewhere, or taken it back. */
  changed(): void {
    this.#known.clear();
  }
}

function isAllowed(origin: string): Promise<boolean> {
  // Match patterns know no ports (MDN, "Match patterns").
  return browser.permissions.contains({ origins: [`${origin.replace(/:\d+$/, '')}/*`] });
}

function urlOf(tabId: number): Promise<string | undefined> {
  return browser.tabs.get(tabId).then(
    ({ url }) => url,
    () => undefined,
  );
}
