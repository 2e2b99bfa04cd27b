import type { After } from '../../messaging/throttle.ts';
import { ContentArrival, ID_WITHIN_MS } from '../../party/content-arrival.ts';
import type { PageContent } from '../../protocol/index.ts';
import type { PageIdentity } from '../../sites/identify.ts';

export interface ContentTrackerHost {
  nowMs: () => number;
  after: After;
  /** The address of this frame's document at this moment. */
  href: () => string;
  /** Whether this is the tab's own page, whose address counts. */
  readonly isTop: boolean;
}

/** What decides whether a new source may be another video. */
export interface SourceFacts {
  /** The address tells which video is in the player, so that at the same address it is the same one. */
  idFromUrl: boolean;
  /** What is followed is at its end: there some sites change their address only once the next video is there. */
  atEnd: boolean;
  /** The player was just sought by us: some sites load another source for each jump. */
  explainedBySeek: () => boolean;
}

/**
 * The one owner of two questions: which video is in the player of this frame, and is its content id known? A new source is
 * `awaiting` its id until the page has had time to name it; a page that names other content than it has loaded is stale.
 */
export class ContentTracker {
  readonly #host: ContentTrackerHost;
  readonly #identified: () => void;
  readonly #arrival = new ContentArrival<PageContent>();
  #href: string;
  #cancelAwaiting: (() => void) | null = null;

  /** @param identified What is in the player is named by now. */
  constructor(host: ContentTrackerHost, identified: () => void) {
    this.#host = host;
    this.#identified = identified;
    this.#href = host.href();
  }

  /** The player's content id may still be that of the video before: nothing is to be followed meanwhile. */
  get awaitsId(): boolean {
    return this.#cancelAwaiting !== null;
  }

  /** Whether the page has gone to another address since the last look. No event tells a content script of that. */
  addressChanged(): boolean {
    const { href, isTop } = this.#host;
    if (!isTop || this.#href === href()) return false;
    this.#href = href();
    return true;
  }

  /** The player was given a video, and has its metadata. */
  loaded(): void {
    this.#arrival.loaded(this.#host.nowMs());
  }

  /** The player has another source, or none for a moment. Returns whether its id is awaited now. */
  sourceChanged({ idFromUrl, atEnd, explainedBySeek }: SourceFacts): boolean {
    if ((idFromUrl && !atEnd) || explainedBySeek()) return false;
    this.#cancelAwaiting?.();
    this.#cancelAwaiting = this.#host.after(ID_WITHIN_MS, () => {
      this.#cancelAwaiting = null;
      this.#identified();
    });
    return true;
  }

  /** What the page shows; without content while the player still has the video before. */
  identify(identity: PageIdentity, hasVideo: boolean): PageIdentity {
    const content = this.#arrival.contentNow(identity.content, this.#host.nowMs());
    return hasVideo ? { ...identity, content } : identity;
  }
}
