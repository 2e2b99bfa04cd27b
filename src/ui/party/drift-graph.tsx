import type { DriftLog } from '../../messaging/commands.ts';
import type { MemberView } from '../../messaging/view.ts';
import { hueOf } from '../components/avatar.tsx';
import { driftFigures } from './drift-report.ts';

const WIDTH = 320;
const HEIGHT = 96;
const LABELS_WIDTH = 34;
const SPAN_MS = 300_000;
/** Two players this close sound like one. */
const BAND_MS = 10;
const SCALES_MS = [20, 50, 200, 1000, 5000, 60_000, 600_000];
/** Figures of others come every quarter of a minute; a longer silence is a gap. */
const GAP_MS = 40_000;

/** Everybody's distance to the party's moment in the last minutes. */
export function DriftGraph({ log, members }: { log: DriftLog; members: readonly MemberView[] }) {
  const nowMs = Math.max(0, ...log.flatMap(({ points }) => points.map(({ atMs }) => atMs)));
  const worstMs = Math.max(
    0,
    ...log.flatMap(({ points }) => points.map(({ driftMs }) => Math.abs(driftMs ?? 0))),
  );
  const scaleMs = SCALES_MS.find((each) => each >= worstMs) ?? worstMs;
  const x = (atMs: number) => LABELS_WIDTH + (WIDTH - LABELS_WIDTH) * (1 - (nowMs - atMs) / SPAN_MS);
  const y = (driftMs: number) => HEIGHT / 2 - (driftMs / scaleMs) * (HEIGHT / 2 - 6);
  return (
    <svg class="drift-graph" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={inWords(log, members)}>
      <rect
        class="band"
        x={LABELS_WIDTH}
        width={WIDTH - LABELS_WIDTH}
        y={y(BAND_MS)}
        height={y(-BAND_MS) - y(BAND_MS)}
      />
      <line class="zero" x1={LABELS_WIDTH} x2={WIDTH} y1={y(0)} y2={y(0)} />
      {[scaleMs, 0, -scaleMs].map((ms) => (
        <text key={ms} x={LABELS_WIDTH - 4} y={y(ms) + 3} text-anchor="end">
          {label(ms)}
        </text>
      ))}
      {log.map(({ userId, points }) => (
        <path key={userId} class={`line hue-${hueOf(userId)}`} d={pathOf(points, x, y)} />
      ))}
    </svg>
  );
}

type Points = DriftLog[number]['points'];

function pathOf(points: Points, x: (atMs: number) => number, y: (driftMs: number) => number): string {
  let lastMs = -Infinity;
  const parts: string[] = [];
  for (const { atMs, driftMs } of points) {
    if (driftMs === null) {
      lastMs = -Infinity;
      continue;
    }
    const to = `${x(atMs).toFixed(1)} ${y(driftMs).toFixed(1)}`;
    // A line of no length still shows as a dot, with round ends.
    parts.push(atMs - lastMs > GAP_MS ? `M${to}L${to}` : `L${to}`);
    lastMs = atMs;
  }
  return parts.join('');
}

function label(ms: number): string {
  if (ms === 0) return '0';
  const sign = ms > 0 ? '+' : '−';
  const size = Math.abs(ms);
  return size < 1000 ? `${sign}${size} ms` : `${sign}${size / 1000} s`;
}

function inWords(log: DriftLog, members: readonly MemberView[]): string {
  const each = log.flatMap(({ userId, points }) => {
    const member = members.find((one) => one.userId === userId);
    const { p95Ms } = driftFigures(points);
    if (!member || p95Ms === null) return [];
    return [`${member.isMe ? 'you' : member.displayName} within ${Math.ceil(p95Ms)} ms`];
  });
  return each.length === 0
    ? 'Drift of the last 5 minutes: nothing measured yet'
    : `Drift of the last 5 minutes: ${each.join(', ')}`;
}
