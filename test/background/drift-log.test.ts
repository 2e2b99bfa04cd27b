import { describe, expect, it } from 'vitest';
import { DriftRecorder, KEPT_MS, MAX_POINTS, type Reports } from '../../src/background/drift-log.ts';
import { driftLog } from '../../src/messaging/commands.ts';
import type { MemberReport } from '../../src/protocol/index.ts';

const ready = (driftMs: number): MemberReport => ({ state: 'ready', driftMs, boundMs: 2 });
const session = (myReport: MemberReport, others: Record<string, MemberReport> = {}, me = 'me'): Reports => ({
  me: { userId: me, displayName: me },
  myReport,
  peers: Object.entries(others).map(([userId, report]) => ({ userId, displayName: userId, report })),
});

/** Hears one session after the other, a second apart unless told. */
function hearing() {
  const recorder = new DriftRecorder();
  let before: Reports | null = null;
  let nowMs = 1e12;
  const hear = (next: Reports | null, afterMs = 1000) => {
    nowMs += afterMs;
    recorder.heard(next, before, nowMs);
    before = next;
  };
  const drifts = (laterMs = 0) =>
    Object.fromEntries(
      recorder.read(nowMs + laterMs).map(({ userId, points }) => [userId, points.map((at) => at.driftMs)]),
    );
  return { recorder, hear, drifts, nowMs: () => nowMs };
}

describe('the drift log', () => {
  it('has a point for each report that was told, the same figures included', () => {
    const { hear, drifts } = hearing();
    const ana = ready(7);
    hear(session(ready(1), { ana }));
    hear(session(ready(1), { ana }));
    hear(session(ready(2), { ana: ready(8) }));
    expect(drifts()).toEqual({ me: [1, 1, 2], ana: [7, 8] });
  });

  it('has none for other changes of the session', () => {
    const { hear, drifts } = hearing();
    const first = session(ready(1), { ana: ready(7) });
    hear(first);
    hear({ ...first });
    hear({ ...first, peers: [...first.peers] });
    expect(drifts()).toEqual({ me: [1], ana: [7] });
  });

  it('says that nothing was measured, and how the member was', () => {
    const { recorder, hear, nowMs } = hearing();
    hear(session({ state: 'buffering' }));
    const read = recorder.read(nowMs());
    expect(read[0]?.points).toEqual([{ atMs: nowMs(), driftMs: null, boundMs: null, state: 'buffering' }]);
    expect(driftLog.parse(read)).toEqual(read);
  });

  it('keeps five minutes', () => {
    const { hear, drifts } = hearing();
    hear(session(ready(1)));
    hear(session(ready(2)), KEPT_MS - 1);
    expect(drifts()).toEqual({ me: [1, 2] });
    expect(drifts(1)).toEqual({ me: [2] });
  });

  it('keeps no more points than are worth drawing', () => {
    const { hear, drifts } = hearing();
    for (let at = 0; at < MAX_POINTS + 5; at++) hear(session(ready(at)), 10);
    expect(drifts().me).toHaveLength(MAX_POINTS);
    expect(drifts().me?.at(-1)).toBe(MAX_POINTS + 4);
  });

  it('remembers who left for as long as their points', () => {
    const { hear, drifts } = hearing();
    hear(session(ready(1), { ana: ready(7) }));
    hear(session(ready(2)), 60_000);
    expect(drifts()).toMatchObject({ ana: [7] });
    expect(drifts(KEPT_MS - 60_000)).toEqual({ me: [2] });
  });

  it('begins empty with a new party', () => {
    const { hear, drifts } = hearing();
    hear(session(ready(1), { ana: ready(7) }));
    hear(null);
    expect(drifts()).toEqual({});
    hear(session(ready(3), {}, 'me again'));
    expect(drifts()).toEqual({ 'me again': [3] });
  });

  it('drops what a clock set back has left in the future', () => {
    const { hear, drifts } = hearing();
    hear(session(ready(1)));
    hear(session(ready(2)), -3_600_000);
    expect(drifts()).toEqual({ me: [2] });
  });
});
