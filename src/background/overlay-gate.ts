import { browser, type Browser } from 'wxt/browser';
import { overlayClaim } from '../messaging/overlay.ts';

type Sender = Browser.runtime.MessageSender | undefined;

/**
 * Lets in overlays, and only those that our own script in the tab has made. The overlay page must be open to sites so that
 * it can be shown over one; a hostile site may therefore frame it too, but cannot know the secret.
 */
export class OverlayGate {
  readonly #vouches: (tabId: number, secret: string) => boolean;
  readonly #open = new Map<Browser.runtime.Port, string>();

  constructor(vouches: (tabId: number, secret: string) => boolean) {
    this.#vouches = vouches;
  }

  /** Takes a port of an overlay page; `admitted` runs when it has shown the secret. */
  add(port: Browser.runtime.Port, admitted: () => void): void {
    const frame = frameOf(port.sender);
    port.onDisconnect.addListener(() => this.#open.delete(port));
    port.onMessage.addListener((raw: unknown) => {
      if (this.#open.has(port)) return;
      const claim = overlayClaim.safeParse(raw);
      const tabId = port.sender?.tab?.id;
      if (
        !claim.success ||
        frame === null ||
        tabId === undefined ||
        !this.#vouches(tabId, claim.data.secret)
      ) {
        // It tries again: after a death of the background the tab's script may be later than its overlay.
        port.disconnect();
        return;
      }
      this.#open.set(port, frame);
      admitted();
    });
  }

  /** Whether this sender is an overlay that was let in. */
  has(sender: Sender): boolean {
    const frame = frameOf(sender);
    return frame !== null && [...this.#open.values()].includes(frame);
  }
}

/** Names the document of one of our own pages in a frame; null for any other sender. */
function frameOf(sender: Sender): string | null {
  if (sender?.id !== browser.runtime.id || !sender.url?.startsWith(browser.runtime.getURL('/'))) return null;
  if (sender.tab?.id === undefined || !sender.frameId) return null;
  return `${sender.tab.id}/${sender.frameId}`;
}
