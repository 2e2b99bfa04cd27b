import { browser } from 'wxt/browser';
import { backgroundLink, type Entry } from './background-link.ts';
import type { PageHost } from './page-host.ts';
import { panelOpener, type PanelApis } from '../panel/open-panel.ts';
import { fetchRoomPreview } from './fetch-room-preview.ts';
import { sessionArea } from '../../messaging/session-area.ts';
import { shortcuts } from './shortcuts.ts';
import { draftStore, settingsStore } from './storage.ts';
import { targetTab } from './target-tab.ts';

const DEFAULT_SERVER: unknown = import.meta.env.WXT_SERVER_URL;

/** The real browser behind a page. */
export function browserHost(entry?: Entry): PageHost {
  const { local } = browser.storage;
  // Each browser has one of the two; the types know only Chromium's.
  const { sidePanel, sidebarAction } = browser as typeof browser & PanelApis;
  return {
    link: backgroundLink(browser.runtime, entry),
    settings: settingsStore(
      local,
      typeof DEFAULT_SERVER === 'string' ? DEFAULT_SERVER : 'ws://127.0.0.1:8787',
    ),
    drafts: draftStore(sessionArea(entry?.claim)),
    access: {
      has: (pattern) => browser.permissions.contains({ origins: [pattern] }),
      request: (patterns) => browser.permissions.request({ origins: patterns }),
      list: async () => (await browser.permissions.getAll()).origins ?? [],
      remove: (pattern) => browser.permissions.remove({ origins: [pattern] }),
      onChange(listener) {
        const signals = [browser.permissions.onAdded, browser.permissions.onRemoved];
        for (const signal of signals) signal.addListener(listener);
        return () => {
          for (const signal of signals) signal.removeListener(listener);
        };
      },
    },
    targetTab: () => targetTab(browser.tabs, browser.runtime.getURL(''), location.search),
    copy: (text) =>
      navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      ),
    share: 'share' in navigator ? share : null,
    fetchRoomPreview,
    save: saveFile,
    openOptions: () => void browser.runtime.openOptionsPage(),
    shortcuts: shortcuts(browser.commands, (url) => void browser.tabs.create({ url })),
    about: { version: browser.runtime.getManifest().version, browser: browserName(navigator.userAgent) },
    openPanel: panelOpener({
      sidePanel,
      sidebarAction,
      currentWindowId: async () => (await browser.windows.getCurrent()).id ?? -1,
    }),
  };
}

/** Name and version alone, of all that a browser says of itself. */
function browserName(userAgent: string): string {
  return /(?:Firefox|Edg|OPR|Chrome)\/[\d.]+/.exec(userAgent)?.[0] ?? 'another browser';
}

function share(url: string): void {
  // Who closes the system's window has changed their mind; nothing is wrong.
  void navigator.share({ title: 'Watch together', url }).catch(() => undefined);
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its copy by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}
