import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { LinkShape } from '../links/delays.ts';
import { judge, startWatching, type Judged } from '../measure.ts';
import { openParty } from '../party.ts';
import type { Bench } from '../scenario.ts';
import { describeTimers } from '../scenarios/timers.ts';
import type { Follower, Policy } from './page/main.ts';

export const BASELINES: readonly Policy[] = ['no correction', 'v1 example', 'timingsrc'];

/** From the word to the start. */
const LEAD_MS = 2000;

/**
 * The same film, links and ruler, but each page is held by a script of its own to a timeline that the harness tells all
 * of them. The extension is in these browsers too, and idle.
 */
export async function followAlone(
  bench: Bench,
  policy: Policy,
  link: (index: number) => LinkShape,
  settleSec: number,
): Promise<Judged> {
  const clip = await bench.clip(bench.seconds + settleSec + 30);
  await using party = await openParty({ link, clip, seed: bench.seed });
  const { members, site, serverClock } = party;
  site.script('/follower.js', await bundle());
  for (const { browser, link } of members) {
    await browser.page.addScriptTag({ url: '/follower.js' });
    await browser.page.evaluate(listenInPage, link.port);
  }
  for (const { browser } of members) await browser.page.waitForFunction(knowsTheTime);
  const { offsetMs } = serverClock.mapping();
  const startAtMs = performance.now() + LEAD_MS;
  const motion = { positionSec: 0, rate: 1, atServerMs: startAtMs + offsetMs };
  const watching = startWatching(members);
  await Promise.all(members.map(({ browser }) => browser.page.evaluate(followInPage, { policy, motion })));
  await delay(startAtMs + settleSec * 1000 - performance.now());
  const fromMs = performance.now();
  await delay(bench.seconds * 1000);
  const span = { fromMs, toMs: performance.now() };
  const seen = await watching.stop();
  const idealAt = (atMs: number) => (atMs - startAtMs) / 1000;
  const judged = judge(
    { scenario: bench.scenario, variant: '', player: policy },
    seen,
    span,
    idealAt,
    bench.raw,
  );
  Object.assign(judged.row.details, describeTimers(members));
  return judged;
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('page/main.ts', import.meta.url)),
        name: 'benchFollower',
        formats: ['iife'],
      },
    },
  });
  for (const output of [built].flat()) if ('output' in output) return output.output[0].code;
  throw new Error('the baselines do not build');
}

// The functions below run in pages: they are sent as text, so each is self-contained.

function listenInPage(port: number): void {
  (globalThis as unknown as { benchFollower: Follower }).benchFollower.listen(`ws://127.0.0.1:${port}`);
}

function knowsTheTime(): boolean {
  return (globalThis as unknown as { benchFollower: Follower }).benchFollower.knowsTheTime();
}

function followInPage({ policy, motion }: Parameters<Follower['follow']>[0]): void {
  (globalThis as unknown as { benchFollower: Follower }).benchFollower.follow({ policy, motion });
}
