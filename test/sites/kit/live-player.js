/*
 * A live stream in a real player (hls.js): its element counts from where this visitor came in, and its end grows by four seconds
 * at a time. What is true of it is by the times that the stream itself bears, for tests only.
 */
import Hls from '/hls.js';

export class LivePlayer extends EventTarget {
  /** @param {{ video: HTMLVideoElement, pieces: number, piecesBehind: number }} options How many pieces can be gone back to. */
  constructor({ video, pieces, piecesBehind }) {
    super();
    this.video = video;
    this.error = null;
    this.ad = null;
    this.foreignSeeks = 0;
    this.ownSeeks = 0;
    this.durationSec = Infinity;
    video.addEventListener('seeking', () =>
      this.ownSeeks > 0 ? (this.ownSeeks -= 1) : (this.foreignSeeks += 1),
    );
    // Trusted Types forbid a worker whose script is text.
    this.hls = new Hls({
      enableWorker: false,
      liveDurationInfinity: true,
      liveSyncDurationCount: piecesBehind,
    });
    this.hls.loadSource(`/live.m3u8?pieces=${pieces}`);
    this.hls.attachMedia(video);
  }

  /** When what is shown was sent, as `Date.now()` counts, in seconds. */
  get momentSec() {
    return (this.hls.playingDate?.getTime() ?? NaN) / 1000;
  }

  get behindSec() {
    return Date.now() / 1000 - this.momentSec;
  }

  get endSec() {
    const { fragments = [] } = this.hls.latestLevelDetails ?? {};
    return fragments.at(-1)?.end ?? 0;
  }

  setElementTime(sec) {
    this.ownSeeks += 1;
    this.video.currentTime = sec;
  }

  goLive() {
    this.setElementTime(this.hls.liveSyncPosition ?? this.video.currentTime);
  }

  toggle() {
    if (this.video.paused) void this.video.play();
    else this.video.pause();
  }

  /** The stream is another for so long, and begins again a little in the past. */
  async showAd(sec) {
    this.ad = {
      endsAtMs: performance.now() + sec * 1000,
      leftSec: () => (this.ad.endsAtMs - performance.now()) / 1000,
    };
    this.dispatchEvent(new Event('adstart'));
    await new Promise((resolve) => setTimeout(resolve, sec * 1000));
    this.setElementTime(this.video.currentTime - 1.5);
    this.ad = null;
    this.dispatchEvent(new Event('adend'));
  }

  truth() {
    return {
      positionSec: this.momentSec,
      paused: this.video.paused,
      rate: this.video.playbackRate,
      inAd: this.ad !== null,
      atMs: performance.timeOrigin + performance.now(),
    };
  }
}
