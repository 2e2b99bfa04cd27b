import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { serveBridge, type PagePlayer } from '../serve-bridge.ts';

/** Methods that YouTube gives the player's element; times in seconds of the film, without ads. */
interface Player extends HTMLElement {
  getCurrentTime?: () => number;
  getDuration?: () => number;
  seekTo?: (sec: number, allowSeekAhead: boolean) => void;
  /** Of a live stream, where there is such: the end of what can be sought, and where it stands, on one clock. */
  getProgressState?: () => { seekableEnd?: number; current?: number };
  getVideoData?: () => { isLive?: boolean };
}

function findPlayer(): PagePlayer | null {
  const player: Player | null = document.querySelector('#movie_player');
  const { getCurrentTime, getDuration, seekTo } = player ?? {};
  if (!player || !getCurrentTime || !getDuration || !seekTo) return null;
  return {
    read: () => ({
      contentSec: getCurrentTime.call(player),
      elementSec: player.querySelector('video')?.currentTime,
      durationSec: getDuration.call(player),
      latencySec: latencyOf(player),
    }),
    seek: (toSec) => seekTo.call(player, toSec, true),
  };
}

function latencyOf(player: Player): number | undefined {
  if (player.getVideoData?.().isLive !== true) return undefined;
  const { seekableEnd, current } = player.getProgressState?.() ?? {};
  return seekableEnd === undefined || current === undefined ? undefined : Math.max(0, seekableEnd - current);
}

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serveBridge(findPlayer));
