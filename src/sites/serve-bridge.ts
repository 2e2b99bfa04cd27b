import { BRIDGE_ANSWER, BRIDGE_ASK, BRIDGE_END } from '../messaging/bridge-events.ts';
import type { BridgeAnswer, BridgeReading, BridgeRequest } from '../messaging/bridge.ts';

/** A site's own player, as its page's world has it. Whatever it throws is told as `failed`. */
export interface PagePlayer {
  read: () => BridgeReading;
  play?: () => void;
  pause?: () => void;
  seek?: (toSec: number) => void;
}

/**
 * Answers our player script from inside the page's world. Nothing is kept and nothing secret is here: the page sees and
 * forges what it likes. From `bridge.ts` only types come: zod would make the script large.
 * @param find The player that shows the film, or `null` while there is none.
 */
export function serveBridge(find: () => PagePlayer | null): void {
  // One of a former party steps aside.
  document.dispatchEvent(new Event(BRIDGE_END));
  const quit = new AbortController();
  const { signal } = quit;
  document.addEventListener(BRIDGE_END, () => quit.abort(), { signal });
  document.addEventListener(
    BRIDGE_ASK,
    (event) => {
      const answer = obey((event as CustomEvent<unknown>).detail, find);
      document.dispatchEvent(new CustomEvent(BRIDGE_ANSWER, { detail: JSON.stringify(answer) }));
    },
    { signal },
  );
}

function obey(detail: unknown, find: () => PagePlayer | null): BridgeAnswer {
  try {
    const request = JSON.parse(String(detail)) as BridgeRequest;
    const player = find();
    if (!player) return { type: 'no_player' };
    if (request.type === 'read') return { type: 'reading', reading: player.read() };
    if (request.type === 'seek') {
      if (!player.seek || !Number.isFinite(request.toSec) || request.toSec < 0) return { type: 'failed' };
      player.seek(request.toSec);
      return { type: 'done' };
    }
    const act = request.type === 'play' ? player.play : player.pause;
    if (!act) return { type: 'failed' };
    act();
    return { type: 'done' };
  } catch {
    return { type: 'failed' };
  }
}
