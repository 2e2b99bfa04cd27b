import type { KnownBreak } from '../../messaging/ad-breaks.ts';
import type { OverlayAct } from '../../messaging/overlay.ts';
import type { RuntimePort } from '../../messaging/runtime-port.ts';
import type { After } from '../../messaging/throttle.ts';
import type { PlayerAdapter } from '../adapter.ts';
import type { PersonInput } from '../person-input.ts';
import type { PageIdentity } from '../../sites/identify.ts';
import type { VideoFacts } from '../../sites/page-reader.ts';

/** What a player's adapter may ask of its frame. Times are ms. */
export interface AdapterClock {
  nowMs: () => number;
  /** `null` while the server's clock is unknown. */
  serverNowMs: () => number | null;
  /** Where ads have been seen in the stream that is in the player. */
  seenAds: { read: () => readonly KnownBreak[]; write: (breaks: readonly KnownBreak[]) => void };
}

/** The video of a frame that may take part, as its host found it. */
export interface FoundVideo {
  /** Tells one `<video>` from another. */
  readonly element: unknown;
  /** How good it is among the videos of the tab; above 0. */
  readonly score: number;
  /** The length of its content, s; `null` while unknown, or where the element's length may be that of something else. */
  durationSec: () => number | null;
  /** Takes the player over, until it is released. */
  adapter: (clock: AdapterClock) => PlayerAdapter;
  /** Tells when its source is taken away, and when another one's metadata is there (HTML, "media element load algorithm"). */
  onSource: (listener: (event: 'emptied' | 'loadedmetadata') => void, signal: AbortSignal) => void;
  /** Returns how to play it at a part of the volume that its person has set, 1 for all, until the signal aborts. */
  ducking: (signal: AbortSignal) => (level: number) => void;
}

/** Everything that a frame runtime needs of the page and the browser around it. */
export interface FrameHost {
  /** A monotonic clock, ms. */
  nowMs: () => number;
  after: After;
  /** Calls back every so many ms until the returned function is called. */
  every: (periodMs: number, run: () => void) => () => void;
  /** The address of this frame's document at this moment. */
  href: () => string;
  /** Whether this is the tab's own page, and not a frame in it. */
  readonly isTop: boolean;
  hidden: () => boolean;
  /** Whether the browser lets this page make sound (HTML, "sticky activation"). */
  mayMakeSound: () => boolean;
  /** Throws where the extension was updated or removed under this page. */
  connect: () => RuntimePort;
  readonly input: PersonInput;
  /** Names what the page shows. */
  readPage: (video: VideoFacts) => PageIdentity;
  /** Whether another video has another address, so that the address tells which one is in the player. */
  isNamedByAddress: () => boolean;
  /** Whether the page shows a live stream, which is played by another adapter. */
  showsLive: () => boolean;
  /** Whether something plays where the video should be, and the site's rule does not know it. */
  isUnrecognised: () => boolean;
  /** Origins of the large frames in this page. */
  largeFrameOrigins: () => string[];
  readonly overlay: {
    /** What the overlay that is shown knows; `null` while none is. */
    readonly secret: string | null;
    /** Shows it or takes it away; whether that was a change. */
    set: (on: boolean) => boolean;
    act: (act: OverlayAct) => void;
    stirred: (at: { x: number; y: number } | null) => void;
  };
  /** Ends everything in this frame. */
  readonly lifetime: AbortController;
}
