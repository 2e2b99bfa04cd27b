import type { Browser } from 'wxt/browser';

/** The part of Chromium's `chrome.offscreen` that is used; the polyfill does not know it. */
interface Offscreen {
  createDocument: (options: { url: string; reasons: string[]; justification: string }) => Promise<void>;
  closeDocument: () => Promise<void>;
}

/**
 * The offscreen document that captures camera and microphone where a site denies them to its frames, made when it is
 * first asked for something. Firefox has none, and its sites cannot deny.
 */
export class CaptureDocument {
  readonly #heard: (word: Record<string, unknown>) => void;
  #port: Browser.runtime.Port | null = null;
  #waiting: Record<string, unknown>[] = [];
  #made = false;
  /** The browser makes and closes it one after the other: what was closed while it was being made would stay open. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(heard: (word: Record<string, unknown>) => void) {
    this.#heard = heard;
  }

  /** Takes the document's port; one that was not asked for is sent away. */
  admit(port: Browser.runtime.Port): void {
    if (!this.#made) {
      port.disconnect();
      return;
    }
    this.#port = port;
    port.onMessage.addListener((word: unknown) => {
      if (typeof word === 'object' && word !== null) this.#heard(word as Record<string, unknown>);
    });
    port.onDisconnect.addListener(() => {
      if (this.#port === port) this.#port = null;
    });
    for (const word of this.#waiting.splice(0)) port.postMessage(word);
  }

  /** Says something to it; `null` ends it. */
  say(word: Record<string, unknown> | null): void {
    if (word === null) this.#end();
    else if (this.#port) this.#port.postMessage(word);
    else {
      this.#waiting.push(word);
      if (!this.#made) this.#make();
    }
  }

  #make(): void {
    this.#made = true;
    // One of a background that was stopped may be left.
    this.#next(() => offscreen()?.closeDocument());
    this.#next(() =>
      offscreen()
        ?.createDocument({
          url: 'capture.html',
          reasons: ['USER_MEDIA'],
          justification:
            'Your camera and microphone for the call, where a site denies them to pages shown over it.',
        })
        .catch(() => (this.#made = false)),
    );
  }

  #end(): void {
    if (!this.#made) return;
    this.#made = false;
    this.#waiting = [];
    this.#port = null;
    this.#next(() => offscreen()?.closeDocument());
  }

  #next(step: () => Promise<unknown> | undefined): void {
    this.#work = this.#work.then(step).catch(() => undefined);
  }
}

const offscreen = () => (globalThis as { chrome?: { offscreen?: Offscreen } }).chrome?.offscreen;
