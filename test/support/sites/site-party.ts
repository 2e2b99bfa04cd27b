import { launchChromium, type ChromiumMember } from '../chromium.ts';
import { startServerProcess } from '../server-process.ts';
import { startTap, type Tap } from '../tap.ts';
import { until } from '../until.ts';
import { fixtureOf, type OneFixture } from './fixture.ts';
import { startSiteServer } from './site-server.ts';

const NEAR_LOOKS = 8;

export interface SiteMember extends ChromiumMember, OneFixture {
  tap: Tap;
}

export interface SiteParty {
  ana: SiteMember;
  ben: SiteMember;
  /** Both by the popup; resolves when both players are read and driven. */
  join: () => Promise<void>;
  intents: () => number;
  /** What was told to be on, in the order of its first telling; a film's length may be told once more. */
  contentIds: () => string[];
  /** How far Ben is ahead of Ana in content time, ms; one machine, so one clock. */
  driftMs: () => Promise<number>;
  /** Waits until both are as said, and then until they stay within so much of each other for a moment. */
  expectBoth: (wanted: {
    playing: boolean;
    withinMs: number;
    nearSec?: number;
    timeoutMs?: number;
  }) => Promise<void>;
  close: () => Promise<void>;
}

/** Two people with a browser each on one site, Ana's in English, Ben's in German. */
export async function startSiteParty(url: (language: string) => string): Promise<SiteParty> {
  await using started = new AsyncDisposableStack();
  const site = started.adopt(await startSiteServer(), (each) => each.close());
  const server = started.adopt(await startServerProcess(), (each) => each.kill());
  const member = async (name: string, language: string): Promise<SiteMember> => {
    const tap = started.adopt(await startTap(server.port), (each) => each.close());
    const chromium = started.adopt(
      await launchChromium(name, url(language), { args: site.chromiumArgs }),
      (each) => each.close(),
    );
    const { page } = chromium;
    return {
      ...chromium,
      tap,
      ...fixtureOf(page),
    };
  };
  const ana = await member('Ana', 'en');
  const ben = await member('Ben', 'de');
  await Promise.all([ana.loaded(), ben.loaded()]);
  const running = started.move();
  const room = `room-${Math.random().toString(36).slice(2)}`;
  const driftMs = async () => {
    const [a, b] = await Promise.all([ana.truth(), ben.truth()]);
    const elapsedSec = a.paused ? 0 : (((b.atMs - a.atMs) / 1000) * Math.round(a.rate * 20)) / 20;
    return (b.positionSec - a.positionSec - elapsedSec) * 1000;
  };
  return {
    ana,
    ben,
    join: async () => {
      await ana.join(ana.tap.invite(room));
      await ben.join(ben.tap.invite(room));
      for (const member of [ana, ben]) {
        await until(
          async () => {
            const text = await member.popupText();
            return /\(you\)\s+(Ready|In sync)/.test(text) ? null : text;
          },
          { timeoutMs: 12_000 },
        );
      }
    },
    intents: () => ana.tap.intents() + ben.tap.intents(),
    contentIds: () => {
      const told = [ana, ben].flatMap(({ tap }) =>
        tap.sent.flatMap(({ message }) =>
          message.type === 'watch/set_content' ? [message.payload.contentId] : [],
        ),
      );
      return [...new Set(told)];
    },
    driftMs,
    expectBoth: async ({ playing, withinMs, nearSec, timeoutMs = 10_000 }) => {
      try {
        await until(
          async () => {
            const both = await Promise.all([ana.truth(), ben.truth()]);
            const wrong = both.some(
              ({ paused, positionSec, inAd }) =>
                inAd || paused === playing || (nearSec !== undefined && Math.abs(positionSec - nearSec) > 8),
            );
            return wrong ? JSON.stringify(both) : null;
          },
          { timeoutMs },
        );
        // Two films that only pass each other are not in step.
        let near = 0;
        await until(
          async () => {
            const ms = Math.round(await driftMs());
            near = Math.abs(ms) <= withinMs ? near + 1 : 0;
            return near >= NEAR_LOOKS ? null : `${ms} ms apart`;
          },
          { timeoutMs: 15_000 },
        );
      } catch (error) {
        const popups = [await ana.popupText(), await ben.popupText()];
        throw new Error([String(error), ...popups].join('\n\n'), { cause: error });
      }
    },
    close: () => running.disposeAsync(),
  };
}

/** The 95th percentile of how far apart both are over some seconds, ms. */
export async function driftP95Ms(party: SiteParty, overMs = 5000): Promise<number> {
  const samples: number[] = [];
  for (const endMs = performance.now() + overMs; performance.now() < endMs;) {
    samples.push(Math.abs(await party.driftMs()));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return samples.sort((a, b) => a - b)[Math.ceil(samples.length * 0.95) - 1] ?? Infinity;
}
