/** A page that has just begun to load; `overlay`: its overlay is to be there before its player script. */
export interface LoadingPage {
  overlay: boolean;
}

/** What the background does to tabs, by the browser or in a simulation. */
export interface TabHost {
  /** Whether the user lets us into the site in that tab. `url`: of its page, where that is known already. */
  isPermitted: (tabId: number, url?: string) => Promise<boolean>;
  /** Puts the player script into every frame that has none. False where the tab is closed to us. */
  injectPlayer: (tabId: number, loading: LoadingPage | null) => Promise<boolean>;
  /** Puts the script that the site of its address needs into the page's main world. */
  injectBridge: (frame: { tabId: number; frameId: number; url: string }) => Promise<boolean>;
  exists: (tabId: number) => Promise<boolean>;
  /** Brings a tab to an address on the site where it is; nobody has agreed to that one address. */
  navigate: (tabId: number, url: string) => Promise<void>;
  /** Brings a tab to an address that its user agreed to, and to the front. */
  show: (tabId: number, url: string) => Promise<void>;
  /** Opens a tab there; `null` where the browser does not tell which. */
  create: (url: string) => Promise<number | null>;
}
