import type { FromPlayer } from '../../messaging/player-port.ts';
import { Throttle } from '../../messaging/throttle.ts';
import type { PageIdentity } from '../../sites/identify.ts';
import type { FrameHost } from './frame-host.ts';

const LOOK_EVERY_MS = 500;
/** Each time the whole tab is looked through for frames without a script. */
const FRAMES_EVERY_MS = 500;

export interface PageReportHost extends Pick<FrameHost, 'after' | 'every' | 'isTop' | 'largeFrameOrigins'> {
  readPage: () => PageIdentity;
  send: (message: FromPlayer) => void;
}

/**
 * Reports what a frame shows and which frames it embeds, when that changes. Single-page sites change address and title without
 * a load, which no event tells in a content script, so the page is read twice a second.
 */
export class PageReport {
  readonly #host: PageReportHost;
  readonly #frames: Throttle;
  #lastPage = '';
  #lastOrigins = '';

  constructor(host: PageReportHost, signal: AbortSignal) {
    this.#host = host;
    this.#frames = new Throttle(() => this.#reportFrames(), FRAMES_EVERY_MS, host.after);
    const stop = host.every(LOOK_EVERY_MS, () => this.#look());
    signal.addEventListener('abort', () => {
      stop();
      this.#frames.stop();
    });
  }

  /** Reports all anew, whether or not it has changed. */
  report(): void {
    this.#lastPage = this.#lastOrigins = '';
    this.#look();
  }

  /** A frame that came or was loaded anew has no player script. */
  framesChanged(): void {
    this.#frames.ask();
  }

  #look(): void {
    const { isTop, readPage, send, largeFrameOrigins } = this.#host;
    if (isTop) {
      const identity = readPage();
      const page = JSON.stringify(identity);
      if (this.#lastPage !== page) send({ type: 'page', ...identity });
      this.#lastPage = page;
    }
    if (largeFrameOrigins().join() !== this.#lastOrigins) this.#frames.ask();
  }

  #reportFrames(): void {
    const largeOrigins = this.#host.largeFrameOrigins();
    this.#lastOrigins = largeOrigins.join();
    this.#host.send({ type: 'frames_changed', largeOrigins });
  }
}
