import type { Act } from '../protocol/index.ts';
import type { PlayerChange, PlayerReading } from './adapter.ts';
import type { PersonInput } from './person-input.ts';

/** What the timeline wants of the player right now. */
export interface Wanted {
  /** `null` for the moment in which it is to start: it may stand or run. */
  playing: boolean | null;
  positionSec: number;
  rate: number;
}
/** What the extension itself last did to the player. */
export interface OwnEffects {
  rate: number | null;
  /** `withinSec`: how far off the site may let it land; `landedAtMs`: when it was seen to have. */
  seek: { toSec: number; atMs: number; withinSec: number; landedAtMs: number | null } | null;
  /** It was ahead, and stands until the room is there. */
  stands: boolean;
}
export type Verdict =
  | { kind: 'nothing' }
  /** A person did it; `act` is absent when more than one thing changed. */
  | { kind: 'intent'; act?: Act }
  /** Nobody we know did it: the site, an ad, the browser. */
  | { kind: 'disturbance'; changes: PlayerChange[] };

type Judged = Exclude<PlayerChange, 'other'>;
const ACT_OF: Readonly<Record<Exclude<Judged, 'playing'>, Act>> = { position: 'seek', rate: 'rate' };

/** Another frame's input, or a site's own delay, may come so long after the change it explains. */
const DOUBT_MS = 150;
/** A dragged seek bar pauses, seeks and plays in any order; its end state counts, so long after the release. */
const RELEASE_SETTLE_MS = 200;
/** A key held down seeks 30 times a second; the others need not follow each. */
const SEEK_INTENT_EVERY_MS = 250;
const PLAYING_TOLERANCE_SEC = 0.25;
const PAUSED_TOLERANCE_SEC = 0.02;
const OWN_SEEK_TOLERANCE_SEC = 0.5;
const OWN_SEEK_WITHIN_MS = 10_000;
/** Our corrections stay within 3 %; people choose speeds in steps of 5 % and more. */
const CHOSEN_RATE_STEP = 0.04;

/**
 * Tells a person's act from everything else that happens to a player. A change that agrees with the timeline needs no
 * intent, whoever made it; one that disagrees is an intent only if a person's input pays for it (person-input.ts).
 */
export class ActJudge {
  readonly #input: PersonInput;
  #suspects = new Map<Judged, number>();
  #decideAtMs = 0;
  #lastSeekIntentAtMs = -Infinity;

  constructor(input: PersonInput) {
    this.#input = input;
  }

  /** A change is in doubt: until it is decided, the player must not be corrected. */
  get inDoubt(): boolean {
    return this.#suspects.size > 0;
  }

  forget(): void {
    this.#suspects.clear();
  }

  notice(change: PlayerChange, reading: PlayerReading, wanted: Wanted, own: OwnEffects, nowMs: number): void {
    if (change === 'other') return;
    // Where a player is that does not know its own place is found out later.
    const unknown = change === 'position' && !reading.settled;
    if (!unknown && !disagrees(change, reading, wanted, this.#ofNow(own), nowMs)) return;
    // A slider of those controls tells of itself (listen-input.ts).
    if (reading.handOnControls && change !== 'position' && !this.#input.explains(change, nowMs)) {
      this.#input.touched(nowMs);
    }
    const certain = !this.#input.held && this.#input.explains(change, nowMs);
    // A hand may come while it is still unknown where a jump before has led.
    if (!this.#suspects.has(change) || (unknown && certain)) this.#suspects.set(change, nowMs);
    const soonestMs = change === 'position' ? this.#lastSeekIntentAtMs + SEEK_INTENT_EVERY_MS : nowMs;
    this.#decideAtMs = Math.max(certain ? nowMs : nowMs + DOUBT_MS, soonestMs);
  }

  /** Call after each `notice` and at each tick. */
  decide(reading: PlayerReading, wanted: Wanted, own: OwnEffects, nowMs: number): Verdict {
    if (!this.inDoubt || nowMs < this.#decideAtMs || this.#input.held) return { kind: 'nothing' };
    const { releasedAtMs, dragged } = this.#input;
    const ofPress = dragged || [...this.#suspects.values()].some((sinceMs) => sinceMs < releasedAtMs);
    if (ofPress && nowMs < releasedAtMs + RELEASE_SETTLE_MS) return { kind: 'nothing' };

    const ours = this.#ofNow(own);
    const suspects = [...this.#suspects].filter(([change]) =>
      disagrees(change, reading, wanted, ours, nowMs),
    );
    this.#suspects.clear();
    const paid = suspects.filter(([change, sinceMs]) => this.#input.claim(change, sinceMs));
    if (paid.length === 0) {
      return suspects.length === 0
        ? { kind: 'nothing' }
        : { kind: 'disturbance', changes: suspects.map(([change]) => change) };
    }
    const changes = paid.map(([change]) => change);
    if (changes.includes('position')) this.#lastSeekIntentAtMs = nowMs;
    const [only, second] = changes;
    if (only === undefined || second !== undefined) return { kind: 'intent' };
    return { kind: 'intent', act: only === 'playing' ? (reading.paused ? 'pause' : 'play') : ACT_OF[only] };
  }

  /** A hand may take the film back to where our last jump went. */
  #ofNow(own: OwnEffects): OwnEffects {
    const landedAtMs = own.seek?.landedAtMs ?? Infinity;
    return this.#input.latestMs > landedAtMs ? { ...own, seek: null } : own;
  }
}

function disagrees(
  change: Judged,
  reading: PlayerReading,
  wanted: Wanted,
  own: OwnEffects,
  nowMs: number,
): boolean {
  switch (change) {
    case 'playing':
      // Reaching the end pauses a player by itself (HTML, "reaches the end").
      return !reading.ended && reading.paused === wanted.playing && !(reading.paused && own.stands);
    case 'position': {
      const wantedSec = Math.min(wanted.positionSec, reading.durationSec ?? Infinity);
      const toleranceSec = wanted.playing !== false ? PLAYING_TOLERANCE_SEC : PAUSED_TOLERANCE_SEC;
      return Math.abs(reading.positionSec - wantedSec) > toleranceSec && !isOwnSeek(reading, own, nowMs);
    }
    case 'rate':
      return reading.rate !== own.rate && Math.abs(reading.rate / wanted.rate - 1) >= CHOSEN_RATE_STEP;
  }
}

function isOwnSeek({ positionSec }: PlayerReading, { seek }: OwnEffects, nowMs: number): boolean {
  if (!seek || nowMs - seek.atMs > OWN_SEEK_WITHIN_MS) return false;
  return Math.abs(positionSec - seek.toSec) <= Math.max(OWN_SEEK_TOLERANCE_SEC, 2 * seek.withinSec);
}
