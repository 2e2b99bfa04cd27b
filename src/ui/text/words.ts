import type { MemberState } from '../../protocol/index.ts';
import type { ConnectionPhase, MemberView, PartyView } from '../../messaging/view.ts';
import { isThisMachine } from '../../invite/server-address.ts';

/** How a thing is doing, as a colour; the words beside it always say the same. */
export type Tone = 'good' | 'busy' | 'bad' | 'quiet';

/** Two players this close sound like one; beyond, the ear hears an echo. */
const IN_SYNC_MS = 40;

const STATES: Record<Exclude<MemberState, 'ready'>, [Tone, string]> = {
  buffering: ['busy', 'Buffering'],
  seeking: ['busy', 'Seeking'],
  ad: ['busy', 'Watching an ad'],
  hidden: ['quiet', 'Tab in the background'],
  blocked: ['bad', 'Has to press play'],
  away: ['quiet', 'Away'],
  coming: ['busy', 'On the way'],
  no_video: ['quiet', 'No video open'],
  lost: ['bad', 'Connection lost'],
};

export function memberWords({ report, isMe }: MemberView): { tone: Tone; text: string } {
  if (report.state === 'blocked' && isMe) return { tone: 'bad', text: 'Press play in the player' };
  if (report.state !== 'ready') {
    const [tone, text] = STATES[report.state];
    return { tone, text };
  }
  if (report.driftMs === undefined) return { tone: 'good', text: 'Ready' };
  if (Math.abs(report.driftMs) <= IN_SYNC_MS) return { tone: 'good', text: 'In sync' };
  return { tone: 'busy', text: 'Catching up' };
}

/** How long the ad that is on there still takes, like `12 s left`; null when nobody knows, or it is over. */
export function adLeftWords({ adUntilMs }: MemberView, nowMs: number): string | null {
  const leftSec = adUntilMs === undefined ? 0 : Math.ceil((adUntilMs - nowMs) / 1000);
  if (leftSec <= 0) return null;
  return leftSec < 100 ? `${leftSec} s left` : `${Math.ceil(leftSec / 60)} min left`;
}

/** The distance to the timeline with the error it is known to, like `+3 ms ±2`; null when none was measured. */
export function driftWords({ report }: MemberView): string | null {
  if (report.driftMs === undefined || report.state === 'lost') return null;
  const [amount, unit] = Math.abs(report.driftMs) < 1000 ? [1, 'ms'] : [1000, 's'];
  const drift = Math.round(report.driftMs / amount);
  const sign = drift > 0 ? '+' : drift < 0 ? '−' : '';
  const bound = unit === 'ms' && report.boundMs !== undefined ? ` ±${Math.ceil(report.boundMs)}` : '';
  return `${sign}${Math.abs(drift)} ${unit}${bound}`;
}

const CONNECTION: Record<ConnectionPhase, { tone: Tone; text: string }> = {
  connecting: { tone: 'busy', text: 'Connecting…' },
  joining: { tone: 'busy', text: 'Joining…' },
  online: { tone: 'good', text: 'Connected' },
  waiting: { tone: 'bad', text: 'Connection lost' },
  stopped: { tone: 'bad', text: 'Not in the party' },
};

export const connectionWords = (phase: ConnectionPhase) => CONNECTION[phase];

export function playbackWords(playback: PartyView['playback']): string {
  if (!playback) return 'Not started';
  const speed = playback.rate === 1 ? '' : ` ×${Number(playback.rate.toFixed(2))}`;
  const state = playback.held ? 'Starting' : playback.playing ? 'Playing' : 'Paused';
  return state + speed;
}

/** A server by the name people know it by. */
export function serverName(serverUrl: string): string {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : serverUrl;
  return isThisMachine(serverUrl) ? `this computer (${host})` : host;
}

export const EXPOSED_WARNING =
  'The connection to this server is not encrypted: others on the network can read names and chat.';
