import { setTimeout as delay } from 'node:timers/promises';
import { idealOf, judge, startWatching, type Judged } from '../measure.ts';
import type { SettleRow } from '../outcome.ts';
import { logPassages } from '../output/raw-tracks.ts';
import type { AnyMember, Party } from '../party.ts';
import { alignTracks, settledAfterMs } from '../rulers/pairs.ts';
import type { Bench } from '../scenario.ts';
import { settleRow } from './settle-row.ts';
import { describeTimers } from './timers.ts';

export interface SpanPlan {
  variant: string;
  /** After the film was started, and after it was disturbed, so long until it counts. */
  settleSec: number;
  seconds: number;
  /** Who is measured, when it is not the party's own; the first of them presses play. */
  members?: readonly AnyMember[];
  roomRate?: number;
  /** Done once it is steady; what counts comes after it has settled again. */
  disturb?: () => Promise<void>;
  /** Done while it counts. */
  meanwhile?: () => Promise<void>;
}

export interface JudgedSpan extends Judged {
  /** From the end of the disturbance until all are together again. */
  settling: SettleRow[];
}

const TOGETHER_MS = 10;

/** Has the first member press play, waits until it is steady, and measures a span. */
export async function playAndJudge(bench: Bench, party: Party, plan: SpanPlan): Promise<JudgedSpan> {
  const { members = party.members, variant, settleSec, seconds, roomRate = 1, disturb, meanwhile } = plan;
  const [first] = members;
  const watching = startWatching(members);
  if (roomRate !== 1) await first?.browser.chooseSpeed(roomRate);
  await first?.browser.press('toggle');
  await delay(settleSec * 1000);
  await disturb?.();
  const disturbedMs = performance.now();
  if (disturb) await delay(settleSec * 1000);
  const fromMs = performance.now();
  await Promise.all([delay(seconds * 1000), meanwhile?.()]);
  const span = { fromMs, toMs: performance.now() };
  const seen = await watching.stop();
  for (const { name, link } of members) logPassages(bench.raw, name, link.passages);
  const what = { scenario: bench.scenario, variant, player: 'streamsync', roomRate };
  const judged = judge(what, seen, span, idealOf(party), bench.raw);
  Object.assign(judged.row.details, describeTimers(members), {
    serverClockBoundMs: party.serverClock.mapping().boundMs,
  });
  const after = alignTracks(seen.tracks, { fromMs: disturbedMs, toMs: span.toMs });
  const tookMs = settledAfterMs(after, disturbedMs, TOGETHER_MS);
  return { ...judged, settling: disturb ? [settleRow(variant, TOGETHER_MS, [tookMs])] : [] };
}
