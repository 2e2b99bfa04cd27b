import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { driftSec, type FilmSample } from './film-probe.ts';
import { startFilmSite, type FilmSite } from './film-site.ts';
import type { Member } from './member.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import { startTap, type Tap } from './tap.ts';

export interface Expected {
  playing: boolean;
  /** How far apart any two may be, in ms. */
  withinMs: number;
  /** Everybody's position is beyond this. */
  afterSec?: number;
  rate?: number;
}

export interface TestParty<M extends Member> {
  room: string;
  site: FilmSite;
  server: ServerProcess;
  members: [M, ...M[]] & { 1: M };
  taps: [Tap, ...Tap[]] & { 1: Tap };
  /** The member of that index joins by the popup, over its own tap. */
  join: (index: number) => Promise<void>;
  samples: () => Promise<[FilmSample, ...FilmSample[]]>;
  /** Waits until all are as expected: at most a second for a state, and a while for the last milliseconds. */
  expectAll: (expected: Expected, who?: number[]) => Promise<void>;
  /** What persons' acts became on the wire, all members together. */
  intents: () => number;
  /** Waits until a person's last touch can explain nothing any more (1 s, plus a margin). */
  quiet: () => Promise<void>;
  close: () => Promise<void>;
}

const FOLLOW_WITHIN_MS = 1000;
const SETTLE_WITHIN_MS = 8000;

/** A server, a film, and a browser for each name; nobody has joined yet. */
export async function startParty<M extends Member>(
  names: string[],
  launch: (name: string, url: string) => Promise<M>,
  filmPath = '/film',
): Promise<TestParty<M>> {
  const site = await startFilmSite();
  const server = await startServerProcess();
  const taps = await Promise.all(names.map(() => startTap(server.port)));
  const members = await Promise.all(names.map((name) => launch(name, site.origin + filmPath)));
  const room = `room-${Math.random().toString(36).slice(2)}`;

  const samples = async (who = members.map((_, index) => index)) =>
    (await Promise.all(
      members.filter((_, index) => who.includes(index)).map((member) => member.sample()),
    )) as [FilmSample, ...FilmSample[]];
  const spreadMs = ([first, ...rest]: [FilmSample, ...FilmSample[]]) => {
    const drifts = [0, ...rest.map((sample) => driftSec(first, sample) * 1000)];
    return Math.max(...drifts) - Math.min(...drifts);
  };

  return {
    room,
    site,
    server,
    members: members as TestParty<M>['members'],
    taps: taps as unknown as TestParty<M>['taps'],
    join: async (index) => {
      const [member, tap] = [members[index], taps[index]];
      if (!member || !tap) throw new Error(`nobody of index ${index}`);
      await member.join(tap.invite(room));
    },
    samples: () => samples(),
    expectAll: async ({ playing, withinMs, afterSec = 0, rate }, who) => {
      const isThere = (sample: FilmSample) =>
        sample.paused !== playing &&
        sample.positionSec >= afterSec &&
        (rate === undefined || Math.abs(sample.rate / rate - 1) < 0.04);
      await expect
        .poll(async () => (await samples(who)).filter((sample) => !isThere(sample)), {
          timeout: FOLLOW_WITHIN_MS,
          interval: 20,
          message: 'everybody follows within a second',
        })
        .toEqual([]);
      await expect
        .poll(async () => Math.round(spreadMs(await samples(who))), {
          timeout: SETTLE_WITHIN_MS,
          interval: 50,
        })
        .toBeLessThanOrEqual(withinMs);
    },
    intents: () => taps.reduce((sum, tap) => sum + tap.intents(), 0),
    quiet: () => delay(1300),
    close: async () => {
      await Promise.all(members.map((member) => member.close()));
      for (const tap of taps) tap.close();
      await server.kill();
      await site.close();
    },
  };
}
