import type { DriftLog } from '../../messaging/commands.ts';
import type { PartyView } from '../../messaging/view.ts';

type Points = DriftLog[number]['points'];

/** Statistics of |drift| in ms over all points; `null` where none was measured. */
export function driftFigures(points: Points) {
  const sizes = points
    .flatMap(({ driftMs }) => (driftMs === null ? [] : [Math.abs(driftMs)]))
    .sort((a, b) => a - b);
  const quantile = (part: number) => sizes[Math.max(0, Math.ceil(sizes.length * part) - 1)] ?? null;
  const notReady = points.filter(({ state }) => state !== 'ready').length;
  return {
    points: points.length,
    measured: sizes.length,
    medianMs: quantile(0.5),
    p95Ms: quantile(0.95),
    maxMs: sizes.at(-1) ?? null,
    notReadyPart: points.length === 0 ? 0 : notReady / points.length,
  };
}

/** What a person can hand to whoever looks for a fault: figures, and nothing that says who watched what where. */
export function driftReport(party: PartyView, log: DriftLog, wallMs: number): string {
  let others = 1;
  const members = log.map(({ userId, points }) => {
    const me = party.members.some((member) => member.isMe && member.userId === userId);
    return {
      member: me ? 'you' : `member ${(others += 1)}`,
      ...driftFigures(points),
      samples: points.map(({ atMs, driftMs, boundMs, state }) => ({
        agoMs: Math.round(wallMs - atMs),
        driftMs,
        boundMs,
        state,
      })),
    };
  });
  const report = {
    report: 'streamsync-drift',
    version: 1,
    madeAt: new Date(wallMs).toISOString(),
    clock: party.clock,
    rate: party.playback?.rate ?? null,
    offsetMs: party.offsetMs,
    waitPolicy: party.waitPolicy,
    members,
  };
  return JSON.stringify(report, null, 2);
}
