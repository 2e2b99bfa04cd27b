import type { BridgeReading } from '../../messaging/bridge.ts';
import type { Interruption } from '../../messaging/player-port.ts';
import type { BridgeClient } from './bridge-client.ts';

/** A site's own player may come so much later than its page. */
const LOADING_MS = 8000;

/** Asks what a site's own player says, or why it says nothing. `nowMs`: a monotonic clock. */
export function toldBy(bridge: BridgeClient, nowMs: () => number): () => BridgeReading | Interruption {
  let missingSinceMs: number | null = null;
  return () => {
    const answer = bridge.ask({ type: 'read' });
    if (answer?.type === 'reading') {
      missingSinceMs = null;
      return answer.reading;
    }
    missingSinceMs ??= nowMs();
    const gone = nowMs() - missingSinceMs > LOADING_MS;
    return { kind: gone ? 'unreadable' : 'loading', leftSec: null };
  };
}
