import { expect } from 'vitest';
import { positionAt } from '../../src/sync/index.ts';
import type { Member } from './member.ts';
import { SIGNAL_EVERY_MS } from './sim-call-page.ts';
import type { Party } from './party.ts';
import { canFollow, isFine } from './steady.ts';

const PLAYING_WITHIN_MS = 60;
const PAUSED_WITHIN_MS = 25;
/** One every 1.5 s is what the servo’s shortest wait allows (src/sync/backoff.ts). */
const CANNOT_FOLLOW_MOVES = 6;
const SEEK_ONLY_WITHIN_MS = 200;
/** Playing, position and rate (src/player/person-input.ts). */
const CHANGES_PER_INPUT = 3;

/** Runs a check; its failure tells the seed and what led to it. */
function check(party: Party, run: () => void): void {
  try {
    run();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${why}\n${party.world.story()}`, { cause: error });
  }
}

/** Nobody who behaves is told to wait (docs/protocol.md, "What is limited"). */
export function noLimitMet(party: Party): void {
  check(party, () => expect(party.world.limitsMet).toEqual([]));
}

/** Everybody knows the same timeline, and every player that can play is on it. */
export function allTogether(party: Party): void {
  check(party, () => {
    const { members, server, steady } = party;
    const known = members.map(({ session }) => {
      const { timeline } = session.playback;
      if (!timeline) return null;
      const { seq, playing, rate, contentId } = timeline;
      return {
        seq,
        playing,
        rate,
        contentId,
        position: Math.round(positionAt(timeline, server.nowMs()) * 100) / 100,
      };
    });
    for (const each of known) expect(each, 'the timeline').toEqual(known[0]);
    expect(known[0], 'the room has a timeline').not.toBeNull();
    const withinMs = known[0]?.playing ? PLAYING_WITHIN_MS : PAUSED_WITHIN_MS;
    for (const { member, leastMs, mostMs } of steady.watched) {
      if (!canFollow(member)) continue;
      const allowedMs = isFine(member) ? withinMs : SEEK_ONLY_WITHIN_MS + seekSpreadMs(member);
      const offMs = Math.max(Math.abs(leastMs), Math.abs(mostMs));
      expect(offMs, `${member.name} off the timeline, ms`).toBeLessThanOrEqual(allowedMs);
    }
    expect(steady.widestMs, 'players apart, ms').toBeLessThanOrEqual(
      known[0]?.playing ? withinMs : 2 * withinMs,
    );
  });
}

/** A player that can only be sought is held no better than its seeks are alike. */
function seekSpreadMs({ player }: Member): number {
  const [least, most] = player.traits.seekLagMs;
  return most - least;
}

/** Intents are paid for by persons' inputs. */
export function noInventedIntents(party: Party, persons: boolean): void {
  check(party, () => {
    const { members, server } = party;
    // The first offer gives the room its film.
    const inputs = members.reduce((sum, member) => sum + member.inputs, 0);
    const offers = 1;
    expect(server.intentsHeard, 'intents on the wire').toBeLessThanOrEqual(
      offers + (persons ? CHANGES_PER_INPUT * inputs : 0),
    );
    expect(server.contentsHeard, 'contents on the wire').toBeLessThanOrEqual(offers);
  });
}

/** Everything said is read by everybody once, in one order. */
export function chatComplete(party: Party): void {
  check(party, () => {
    const said = party.members.flatMap((member) => member.said).toSorted();
    const read = party.members.map(({ session }) => session.chat.messages.map(({ text }) => text));
    for (const [at, texts] of read.entries()) {
      expect(texts.toSorted(), `read by m${at}`).toEqual(said);
      expect(texts, 'one order for all').toEqual(read[0]);
    }
    for (const { session } of party.members) {
      expect(session.chat.messages.every(({ delivery }) => delivery === 'sent')).toBe(true);
    }
  });
}

/** While nothing happens, no player is sought to and fro, or stopped again and again. */
export function nobodyHunts({ steady, ...party }: Party): void {
  check({ steady, ...party }, () => {
    for (const { member, seeks, stops, rateWrites } of steady.watched) {
      const most = isFine(member) ? 0 : CANNOT_FOLLOW_MOVES;
      expect(seeks, `seeks of ${member.name}`).toBeLessThanOrEqual(most);
      expect(stops, `stops of ${member.name}`).toBeLessThanOrEqual(most);
      expect(rateWrites, `rate writes of ${member.name}`).toBeLessThanOrEqual(40);
    }
  });
}

/** Five seconds after the last fault everybody is in the room. */
export function nobodyStuck(party: Party): void {
  check(party, () => expect(party.notBack, 'not back in the room').toEqual([]));
}

/** Messages per member and second, both ways, while nothing happens. */
export function messageRate({ steady, server, members }: Party): number {
  const heard = steady.watched.reduce((sum, { frames }) => sum + frames, 0);
  return ((heard + server.frames) * 1000) / (steady.durationMs * members.length);
}

/** Everybody in the call knows who else is, and reads each of their signals once, in order. */
export function callSound(party: Party): void {
  check(party, () => {
    const inCall = party.members.filter(({ callPage }) => callPage !== null);
    for (const { callPage, name } of inCall) {
      const others = inCall.flatMap((other) => (other.name === name ? [] : [other.name]));
      expect(callPage?.others.toSorted(), `in the call, as ${name} knows it`).toEqual(others.toSorted());
      for (const other of others) {
        const read = callPage?.read.flatMap(({ fromUserId, at }) => (fromUserId === other ? [at] : [])) ?? [];
        const first = read[0] ?? 0;
        const least = Math.floor(party.steady.durationMs / SIGNAL_EVERY_MS) - 1;
        expect(read.length, `signals of ${other} that ${name} has read`).toBeGreaterThanOrEqual(least);
        expect(read, `signals of ${other}, as ${name} has read them`).toEqual(
          read.map((_, at) => first + at),
        );
      }
    }
  });
}

/** Everything that must hold at the end of any party. */
export function expectSound(party: Party, persons: boolean): void {
  nobodyStuck(party);
  noInventedIntents(party, persons);
  chatComplete(party);
  noLimitMet(party);
  nobodyHunts(party);
  allTogether(party);
  callSound(party);
}
