import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { serveBridge, type PagePlayer } from '../serve-bridge.ts';

/** The part of Twitch's own player that is used; seconds. */
interface Player {
  getLiveLatency?: () => number;
  playerInstance?: Player;
}
/** The part of React's tree that is walked. */
interface Fiber {
  child?: Fiber | null;
  sibling?: Fiber | null;
  memoizedProps?: { mediaPlayerInstance?: Player } | null;
}

const FIBERS_AT_MOST = 20_000;
let known: Player | null = null;

function currentPlayer(): PagePlayer | null {
  known = latencyOf(known) === undefined ? findPlayer() : known;
  const latencySec = latencyOf(known);
  return latencySec === undefined ? null : { read: () => ({ latencySec }) };
}

/** Less than nothing, or none: it is no live stream, or has not begun. */
function latencyOf(player: Player | null): number | undefined {
  const sec = player?.getLiveLatency?.();
  return sec !== undefined && sec > 0 ? sec : undefined;
}

/** Twitch has its player in no place of the page but in the properties of one of React's components. */
function findPlayer(): Player | null {
  const root = document.querySelector('#root');
  if (!root) return null;
  const key = Object.keys(root).find((each) => /^(?:__reactContainer\$|_reactRootContainer)/.test(each));
  if (key === undefined) return null;
  const container = (root as unknown as Record<string, unknown>)[key] as {
    _internalRoot?: { current?: Fiber };
  } & Fiber;
  const open: Fiber[] = [container._internalRoot?.current ?? container];
  for (let count = 0; count < FIBERS_AT_MOST; count += 1) {
    const fiber = open.pop();
    if (!fiber) return null;
    const player = fiber.memoizedProps?.mediaPlayerInstance;
    if (player) return player.playerInstance ?? player;
    if (fiber.sibling) open.push(fiber.sibling);
    if (fiber.child) open.push(fiber.child);
  }
  return null;
}

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serveBridge(currentPlayer));
