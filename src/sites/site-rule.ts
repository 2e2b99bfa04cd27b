import type { Interruption } from '../messaging/player-port.ts';
import type { BridgeAct } from '../messaging/bridge.ts';

/**
 * What is known of one site, as data: a site that changes its page is mended here and nowhere else. Selectors are those of
 * CSS, and ` >>> ` goes on in the shadow root of what was found before it.
 */
export interface SiteRule {
  /** Names the site on the wire: `netflix:81234567`. */
  site: string;
  /** As people know it. */
  name: string;
  /** Hosts in lower case; `*.` stands for any number of labels before it, or none. */
  hosts: readonly string[];
  /** Of a site that runs on anybody's host: a page with such an element is one of it. */
  mark?: string;
  /** The first that fits an address says what it shows; an address that fits none shows nothing to watch together. */
  pages: readonly PageRule[];
  video: VideoRule;
  title?: TitleRule;
  /** Why the film is not what is on just now, the first that is found. */
  interruptions?: readonly InterruptionRule[];
  /** What the site lets a program do with its player. */
  can: { rate: boolean; seekToleranceSec: number };
  /** A site that takes offence at many jumps: at most one in so long, ms. */
  seekEveryMs?: number;
  /** Ads are part of the film's stream, and only what their showing takes tells by how much its clock is ahead. */
  stitched?: true;
  /** Where the page shows how much of the film is over, in a stream that has ads in it. */
  shownClock?: string;
  /** Its live streams can be watched together; absent where only films can. */
  live?: LiveRule;
  /** A script in the page's main world (`page-world.ts` beside the rule) tells what cannot be seen from ours, and does what the element does not obey. */
  bridge?: { drives: readonly BridgeAct[] };
}

/** `browse`: previews and lists. `refused`: a film that cannot be watched together here. */
export type PageKind = 'film' | 'live' | 'browse' | 'refused';

export interface PageRule {
  kind: PageKind;
  /** Of the path; named groups, as those of `query`, may be used in `id` and `link`. */
  path: RegExp;
  query?: Readonly<Record<string, RegExp>>;
  /**
   * The part of the content's id after the site, like `{id}`. Absent where the address does not say what is on, or what
   * the page tells has to fill it (`TitleRule.id`).
   */
  id?: string;
  /** The address names a series: season and episode, as the page tells them, are part of the id. */
  perEpisode?: true;
  /** An address that brings a friend there; `{origin}` is the page's own. */
  link?: string;
}

export interface VideoRule {
  /** The element that shows films. */
  film: string;
  /** Others that look like it: previews, trailers, ads. */
  decoys?: string;
  /** What is shorter is the site's own advertisement, in seconds. */
  longerThanSec?: number;
}

/**
 * How a site tells how far its stream is behind. `steps`: the end of what there is, which grows by a piece of the stream at a
 * time. `noise`: a figure that wavers around the truth.
 */
export type LatencyKind = 'steps' | 'noise';

/** Everybody's stream is held equally far behind what is being sent (src/player/site-adapter/live-clock.ts). */
export interface LiveRule {
  /** An element that only a live stream's page has, where its address does not tell. */
  mark?: string;
  /** How the site tells how far it is behind: by the end of what can be sought, or by a figure of its player's. */
  latency: LatencyKind;
  /** What was sent before can be gone back to. Otherwise a stream that stood goes on with what is being sent then. */
  past: boolean;
  /** Only its live streams need a script in the page's main world. */
  bridge?: true;
}

export interface TitleRule {
  /** Where the page shows it; it may be there only now and then. */
  title?: string;
  /** Season and episode, like "S1:E6" in whatever language. */
  episode?: string;
  /** Where the page tells what is on: what fits is taken apart, and its named groups fill `id` and `link` of the page. */
  id?: { element: string; attribute: string; form: RegExp };
  /** Where nothing else names what is on, its title does. */
  names?: true;
  /** What the document's own title has besides, before and after. */
  around?: RegExp;
}

export interface InterruptionRule {
  kind: Interruption['kind'];
  /** Is so while such an element is shown. */
  shown: string;
  /** The element with the time that is left, like "0:15" or "Ad 26"; the shown one itself if absent. */
  left?: string;
}
