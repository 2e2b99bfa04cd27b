import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { serveBridge, type PagePlayer } from '../serve-bridge.ts';

/** The part of Netflix's own player that is used; times in ms. */
interface Player {
  seek: (ms: number) => void;
  getCurrentTime: () => number;
  getDuration: () => number;
  /** The film's own clock, which stands while an ad runs. */
  getSegmentTime?: () => number;
  getAdManager?: () => { adPresenting?: { value?: boolean } } | null;
  getMovieId?: () => number | string;
  isReady?: () => boolean;
}
interface VideoPlayers {
  getAllPlayerSessionIds: () => string[];
  getVideoPlayerBySessionId: (id: string) => Player | null | undefined;
}
interface NetflixGlobal {
  appContext?: { state?: { playerApp?: { getAPI?: () => { videoPlayer?: VideoPlayers } } } };
}

/** The session that shows the film: previews have sessions, too, and so has the film's next episode for a moment. */
function findPlayer(): PagePlayer | null {
  const { netflix } = globalThis as typeof globalThis & { netflix?: NetflixGlobal };
  const players = netflix?.appContext?.state?.playerApp?.getAPI?.().videoPlayer;
  if (!players) return null;
  const sessions = players.getAllPlayerSessionIds().filter((id) => id.startsWith('watch-'));
  const ready = sessions
    .map((id) => players.getVideoPlayerBySessionId(id))
    .filter((each) => each !== null && each !== undefined)
    .filter((each) => each.isReady?.() ?? true);
  const player = ready.at(-1);
  if (!player) return null;
  return {
    read: () => {
      const elementSec = player.getCurrentTime() / 1000;
      const segmentMs = player.getSegmentTime?.();
      return {
        elementSec,
        contentSec: segmentMs === undefined ? elementSec : segmentMs / 1000,
        durationSec: player.getDuration() / 1000,
        ad: player.getAdManager?.()?.adPresenting?.value === true,
        id: String(player.getMovieId?.() ?? ''),
      };
    },
    seek: (toSec) => player.seek(Math.round(toSec * 1000)),
  };
}

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serveBridge(findPlayer));
