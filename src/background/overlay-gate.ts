import { browser } from 'wxt/browser';
import { overlayClaim } from '../messaging/overlay.ts';
import type { PortSender, RuntimePort } from '../messaging/runtime-port.ts';

type Sender = PortSender | undefined;

/**
 * Lets in overlays, and only those that our own script in the tab has made. The overlay page must be open to sites so that
 * it can be shown over one; a hostile site may therefore frame it too, but cannot know the secret.
 */
export class OverlayGate {
  readonly #tabOf: (secret: string) => number | null;
  readonly #open = new Map<RuntimePort, string>();

  /** @param tabOf The tab whose own script has made an overlay with that secret. */
  constructor(tabOf: (secret: string) => number | null) {
    this.#tabOf = tabOf;
  }

  /** Takes a port of an overlay page; `admitted` runs when it has shown the secret of that tab. */
  add(port: RuntimePort, admitted: (tabId: number) => void): void {
    const frame = frameOf(port.sender);
    port.onDisconnect.addListener(() => this.#open.delete(port));
    port.onMessage.addListener((raw: unknown) => {
      if (this.#open.has(port)) return;
      const claim = overlayClaim.safeParse(raw);
      const tabId = claim.success && frame !== null ? this.#tabOf(claim.data.secret) : null;
      // The secret says which tab it is of; a window of its own has another, or none.
      if (frame === null || tabId === null) {
        // It tries again: after a death of the background the tab's script may be later than its overlay.
        port.disconnect();
        return;
      }
      this.#open.set(port, frame);
      admitted(tabId);
    });
  }

  /** Whether this sender is an overlay that was let in. */
  has(sender: Sender): boolean {
    const frame = frameOf(sender);
    return frame !== null && [...this.#open.values()].includes(frame);
  }
}

/** Names the document of an overlay page; null for any other sender. */
function frameOf(sender: Sender): string | null {
  if (sender?.id !== browser.runtime.id || !isOverlayPage(sender.url)) return null;
  // A window of its own may be in no tab, and a frame's number is told only together with a tab.
  const { tab, frameId, documentId } = sender;
  if (documentId !== undefined) return documentId;
  return tab?.id === undefined || !frameId ? null : `${tab.id}/${frameId}`;
}

/** Whether an address is that of the overlay page, which anybody may have framed. */
export function isOverlayPage(url: string | undefined): boolean {
  // Not asked for as a whole: a page open to sites would be told by its address of this session.
  return url?.split(/[?#]/)[0] === `${browser.runtime.getURL('/')}overlay.html`;
}
