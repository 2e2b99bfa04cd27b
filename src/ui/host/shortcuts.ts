/** A key of the browser that means something to StreamSync. */
export interface Shortcut {
  name: string;
  /** What it does, in words. */
  does: string;
  /** As the browser writes it, like `Alt+Shift+K`; empty where it has none. */
  keys: string;
}

export interface Shortcuts {
  list: () => Promise<Shortcut[]>;
  /** Opens the browser's own page where keys are chosen: no extension may change them itself. */
  change: () => void;
}

interface CommandsEdge {
  getAll: () => Promise<
    { name?: string | undefined; description?: string | undefined; shortcut?: string | undefined }[]
  >;
  /** Firefox's. */
  openShortcutSettings?: () => Promise<void>;
}

/** Chromium's page; the browsers made of it lead there as well. */
const CHROMIUM_PAGE = 'chrome://extensions/shortcuts';

export function shortcuts(commands: CommandsEdge, openTab: (url: string) => void): Shortcuts {
  return {
    list: async () =>
      (await commands.getAll()).map(({ name = '', description = '', shortcut = '' }) => ({
        name,
        // The one that opens the popup has a name of the browser's, and no words of ours.
        does: name.startsWith('_execute') ? 'Open StreamSync, as by its icon' : description,
        keys: shortcut,
      })),
    change: () =>
      commands.openShortcutSettings ? void commands.openShortcutSettings() : openTab(CHROMIUM_PAGE),
  };
}
