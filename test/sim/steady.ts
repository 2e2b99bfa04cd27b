import { positionAt, type Timeline } from '../../src/sync/index.ts';
import type { Member } from './member.ts';
import type { SimServer } from './sim-server.ts';
import type { World } from './world.ts';

/** What one member's player did while nothing happened. */
export interface Watched {
  member: Member;
  /** Player minus timeline on the server's true clock, ms: the least and the most. */
  leastMs: number;
  mostMs: number;
  seeks: number;
  stops: number;
  rateWrites: number;
  frames: number;
}

const SAMPLE_MS = 250;

/** Watches all members while nobody acts and nothing fails. */
export class Steady {
  readonly watched: readonly Watched[];
  /** The widest gap between any two players that can play, at one moment, in ms. */
  widestMs = 0;
  durationMs: number;
  readonly #server: SimServer;
  readonly #stop: () => void;

  constructor(world: World, server: SimServer, members: readonly Member[]) {
    this.#server = server;
    this.durationMs = -world.nowMs;
    this.watched = members.map((member) => ({
      member,
      leastMs: Infinity,
      mostMs: -Infinity,
      seeks: -member.player.writes.seeks,
      stops: -member.player.writes.pauses,
      rateWrites: -member.player.writes.rates,
      frames: -member.framesHeard,
    }));
    server.frames = 0;
    this.#stop = world.every(SAMPLE_MS, () => this.#sample());
    this.#finish = () => (this.durationMs += world.nowMs);
  }
  readonly #finish: () => void;

  end(): void {
    this.#stop();
    this.#finish();
    for (const each of this.watched) {
      each.seeks += each.member.player.writes.seeks;
      each.stops += each.member.player.writes.pauses;
      each.rateWrites += each.member.player.writes.rates;
      each.frames += each.member.framesHeard;
    }
  }

  #sample(): void {
    const drifts: number[] = [];
    for (const each of this.watched) {
      const { timeline } = each.member.session.playback;
      if (!timeline) continue;
      const driftMs = driftOf(each.member, timeline, this.#server.nowMs());
      each.leastMs = Math.min(each.leastMs, driftMs);
      each.mostMs = Math.max(each.mostMs, driftMs);
      if (isFine(each.member)) drifts.push(driftMs);
    }
    if (drifts.length > 0) this.widestMs = Math.max(this.widestMs, Math.max(...drifts) - Math.min(...drifts));
  }
}

/** Player minus timeline, ms, on the server's true clock. */
export function driftOf({ player }: Member, timeline: Timeline, serverMs: number): number {
  const wantedSec = Math.min(positionAt(timeline, serverMs), player.durationSec);
  return (player.trueSec() - wantedSec) * 1000;
}

/** Its player can be trimmed by rate, so it can be held within milliseconds. */
export function isFine(member: Member): boolean {
  return isTrimmable(member) && canFollow(member);
}

/** Its browser lets it play, and its site at the room's speed. */
export function canFollow(member: Member): boolean {
  const { player, session } = member;
  if (!session.playback.timeline?.playing) return true;
  if (player.traits.autoplay === 'none' && !player.touched && player.read().paused) return false;
  return isTrimmable(member) || player.read().rate === session.playback.timeline.rate;
}

function isTrimmable({ player: { traits } }: Member): boolean {
  return traits.can.rate && !traits.writesRateBack;
}
