import type { Interruption } from '../messaging/player-port.ts';

/** What a player shows at this moment. Positions are content time in seconds. */
export interface PlayerReading {
  /**
   * In its page, with a film in it. Taking a player out of the page or giving it another source pauses and rewinds it
   * (HTML, "media element load algorithm"), which is nobody's act.
   */
  attached: boolean;
  positionSec: number;
  /** `null` while unknown, and for a live stream. */
  durationSec: number | null;
  paused: boolean;
  rate: number;
  /** Where it would go on if its person let it play now, when that is not where it stands: a live stream left its place. */
  resumesAtSec?: number;
  seeking: boolean;
  /** Enough data to play on. */
  ready: boolean;
  ended: boolean;
  /** False for a moment in which it is not known where in the film it stands: nothing is decided meanwhile. */
  settled: boolean;
  /** While set, the rest says nothing of the film: nothing is corrected, and nothing that happens is an act. */
  interruption: Interruption | null;
  /**
   * A person is at the browser's own controls of it, which tell the page nothing of a press on their buttons: what changes
   * now may be that person's act.
   */
  handOnControls?: boolean;
}

/** What just happened to a player, whoever did it. */
export type PlayerChange = 'playing' | 'position' | 'rate' | 'other';

/**
 * One player, whatever the site. Nothing here says who caused a change: that is judged in act-judge.ts.
 */
export interface PlayerAdapter {
  /**
   * `seekToleranceSec`: how far off a jump may land. `seekEveryMs`: jumps closer than this are taken amiss; 0 for none.
   * `losesPlace`: stopped, it goes on elsewhere.
   */
  readonly can: { rate: boolean; seekToleranceSec: number; seekEveryMs: number; losesPlace?: boolean };
  read(): PlayerReading;
  /** Rejects with a `NotAllowedError` when the browser's autoplay policy refuses. */
  play(): Promise<void>;
  /** Starts without sound, which no autoplay policy refuses; `unmute` gives the sound back. */
  playMuted(): Promise<void>;
  /** Only takes back what `playMuted` did. */
  unmute(): void;
  pause(): void;
  seek(toSec: number): void;
  /** `roomRate` is the speed people chose; the rest of `rate` is our correction. */
  setRate(rate: number, roomRate: number): void;
  onChange(listener: (change: PlayerChange) => void, signal: AbortSignal): void;
  /** Gives back to the page what was changed of its player, except for where and whether it plays. */
  release(): void;
}
