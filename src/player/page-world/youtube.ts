import type { PagePlayer } from './serve.ts';

/** Methods that YouTube gives the player's element; times in seconds of the film, without ads. */
interface Player extends HTMLElement {
  getCurrentTime?: () => number;
  getDuration?: () => number;
  seekTo?: (sec: number, allowSeekAhead: boolean) => void;
}

export function youtubePlayer(): PagePlayer | null {
  const player: Player | null = document.querySelector('#movie_player');
  const { getCurrentTime, getDuration, seekTo } = player ?? {};
  if (!player || !getCurrentTime || !getDuration || !seekTo) return null;
  return {
    read: () => ({
      contentSec: getCurrentTime.call(player),
      elementSec: player.querySelector('video')?.currentTime,
      durationSec: getDuration.call(player),
    }),
    seek: (toSec) => seekTo.call(player, toSec, true),
  };
}
