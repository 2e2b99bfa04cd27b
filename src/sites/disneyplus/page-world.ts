import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { serveBridge, type PagePlayer } from '../serve-bridge.ts';

/** The part of Disney+'s own player that is used. */
interface MediaPlayer {
  /** Times of the film, without ads, in ms. */
  timeline?: { info?: { playheadPositionMs?: number; programDurationMs?: number } };
  seek?: (ms: number) => void;
  mediaPlaybackCriteria?: { metadata?: { title?: { text?: string }; subtitle?: { text?: string } } };
}
interface WebPlayer extends HTMLElement {
  mediaPlayer?: MediaPlayer;
}

const VIDEO = 'video[id^="hivePlayer"], video.hive-video';
/** "S1:E6 …", "T1:E1", "S2:O3". */
const EPISODE = /^\p{L}+\.?\s*(\d+)\s*:\s*\p{L}+\.?\s*(\d+)/u;

function findPlayer(): PagePlayer | null {
  const webPlayer: WebPlayer | null = document.querySelector('disney-web-player');
  const player = webPlayer?.mediaPlayer;
  const { playheadPositionMs } = player?.timeline?.info ?? {};
  if (!webPlayer || !player || playheadPositionMs === undefined) return null;
  return {
    read: () => {
      const { programDurationMs } = player.timeline?.info ?? {};
      const { title, subtitle } = player.mediaPlaybackCriteria?.metadata ?? {};
      const [, season, episode] = EPISODE.exec(subtitle?.text ?? '') ?? [];
      return {
        contentSec: playheadPositionMs / 1000,
        elementSec: (webPlayer.querySelector<HTMLVideoElement>(VIDEO) ?? inShadow(webPlayer))?.currentTime,
        durationSec: programDurationMs === undefined ? undefined : programDurationMs / 1000,
        title: title?.text,
        ...(season !== undefined && { season: Number(season), episode: Number(episode) }),
      };
    },
    ...(player.seek && { seek: (toSec: number) => player.seek?.(Math.round(toSec * 1000)) }),
  };
}

/** The site has had its video in the page and in a shadow root, as it changed. */
function inShadow({ shadowRoot }: WebPlayer): HTMLVideoElement | null {
  return shadowRoot?.querySelector<HTMLVideoElement>(VIDEO) ?? null;
}

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serveBridge(findPlayer));
