import { setTimeout as delay } from 'node:timers/promises';
import { driftSec, type FilmSample } from './film-probe.ts';
import { startFilmSite, type FilmSite } from './film-site.ts';
import type { Member } from './member.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import { startTap, type Tap } from './tap.ts';
import { until } from './until.ts';

export interface Expected {
  playing: boolean;
  /** How far apart any two may be, in ms, once settled. */
  withinMs: number;
  /** Everybody's position is beyond this. */
  afterSec?: number;
  rate?: number;
  /** How long until all are in that state; 1000 ms if not given. */
  followMs?: number;
}

/** A server, a film, and a browser for each of some names. */
export interface TestParty<N extends string, M extends Member> {
  room: string;
  site: FilmSite;
  server: ServerProcess;
  members: Record<N, M>;
  /** Each member's own link to the server. */
  taps: Record<N, Tap>;
  /** Joins by the popup, one after the other. */
  join: (...names: N[]) => Promise<void>;
  samples: (names?: readonly N[]) => Promise<FilmSample[]>;
  /** Waits until all are as expected: at once in state, and a little later to the last milliseconds. */
  expectAll: (expected: Expected, names?: readonly N[]) => Promise<void>;
  /** What persons' acts became on the wire, all members together. */
  intents: () => number;
  /** Waits until a person's last touch can explain nothing any more (1 s, plus a margin). */
  quiet: () => Promise<void>;
  close: () => Promise<void>;
}

const FOLLOW_WITHIN_MS = 1000;
const SETTLE_WITHIN_MS = 8000;

export async function startParty<N extends string, M extends Member>(
  names: readonly N[],
  launch: (name: N, url: string) => Promise<M>,
  filmPath = '/film',
  /** Settings of the server. */
  serverEnv: Record<string, string> = {},
): Promise<TestParty<N, M>> {
  // What was started is stopped, last first, also when a later part does not start.
  await using started = new AsyncDisposableStack();
  const site = started.adopt(await startFilmSite(), (each) => each.close());
  const server = started.adopt(await startServerProcess(serverEnv), (each) => each.kill());
  const taps = await forEach(names, async () =>
    started.adopt(await startTap(server.port), (tap) => tap.close()),
  );
  const members = await forEach(names, async (name) =>
    started.adopt(await launch(name, site.origin + filmPath), (member) => member.close()),
  );
  const running = started.move();
  const room = `room-${Math.random().toString(36).slice(2)}`;
  const samples = (who: readonly N[] = names) => Promise.all(who.map((name) => members[name].sample()));

  const report = async (error: unknown) => {
    const popups = await Promise.all(names.map((name) => members[name].popupText()));
    const sent = names.map((name) => `${name} sent ${lastSent(taps[name])}`);
    return new Error([String(error), ...sent, ...popups].join('\n\n'), { cause: error });
  };

  return {
    room,
    site,
    server,
    members,
    taps,
    join: async (...who) => {
      for (const name of who) await members[name].join(taps[name].invite(room));
    },
    samples,
    expectAll: async (expected, who) => {
      const { withinMs, followMs = FOLLOW_WITHIN_MS } = expected;
      try {
        await until(
          async () => {
            const others = (await samples(who)).filter((sample) => !isAs(sample, expected));
            return others.length === 0 ? null : JSON.stringify(others);
          },
          { timeoutMs: followMs },
        );
        await until(
          async () => {
            const apartMs = Math.round(spreadMs(await samples(who)));
            return apartMs <= withinMs ? null : `${apartMs} ms apart`;
          },
          { timeoutMs: SETTLE_WITHIN_MS },
        );
      } catch (error) {
        throw await report(error);
      }
    },
    intents: () => names.reduce((sum, name) => sum + taps[name].intents(), 0),
    quiet: () => delay(1300),
    close: () => running.disposeAsync(),
  };
}

async function forEach<N extends string, T>(
  names: readonly N[],
  make: (name: N) => Promise<T>,
): Promise<Record<N, T>> {
  const made = await Promise.all(names.map(async (name) => [name, await make(name)] as const));
  // Every name has its entry; `fromEntries` cannot say so.
  return Object.fromEntries(made) as Record<N, T>;
}

function isAs(sample: FilmSample, { playing, afterSec = 0, rate }: Expected): boolean {
  const atRate = rate === undefined || Math.abs(sample.rate / rate - 1) < 0.1;
  return sample.paused !== playing && sample.positionSec >= afterSec && atRate;
}

/** The largest distance between any two films, in ms. */
export function spreadMs([first, ...rest]: readonly FilmSample[]): number {
  if (!first) return 0;
  const drifts = [0, ...rest.map((sample) => driftSec(first, sample) * 1000)];
  return Math.max(...drifts) - Math.min(...drifts);
}

function lastSent(tap: Tap): string {
  const told = tap.sent.filter(({ message }) => message.type !== 'clock/ping').slice(-6);
  return JSON.stringify(told.map(({ message }) => message));
}
